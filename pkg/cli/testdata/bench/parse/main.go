// Parse reads and parses the files of a folder with the YAML library and does
// nothing with them: the floor that assessing them is measured against.
//
//	parse FOLDER WORKERS
package main

import (
	"log"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"gopkg.in/yaml.v3"
)

func main() {
	workers, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	entries, err := os.ReadDir(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	names := make(chan string, 16*workers)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for name := range names {
				parse(name)
			}
		})
	}
	for _, entry := range entries {
		names <- filepath.Join(os.Args[1], entry.Name())
	}
	close(names)
	running.Wait()
}

func parse(name string) {
	data, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		log.Fatal(err)
	}
}
