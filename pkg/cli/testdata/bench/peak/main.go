//go:build unix

// Peak runs a program and prints the most memory that it took, as the system
// counts it. A process passes its own peak on to those that it starts, so this
// one is small.
//
//	peak PROGRAM ARGUMENT …
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"syscall"
)

func main() {
	command := exec.Command(os.Args[1], os.Args[2:]...)
	if err := command.Run(); err != nil {
		log.Fatal(err)
	}
	usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		log.Fatal("the system does not count memory")
	}
	fmt.Println(usage.Maxrss)
}
