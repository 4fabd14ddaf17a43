package cli

import (
	"context"
	"fmt"
)

// chunk is how many pieces of work a worker takes at once.
const chunk = 8

// batch is a run of neighbouring pieces of work with its results.
type batch[T any] struct {
	from, to int
	results  chan []T
	// fault is what a worker panicked with, set before results is closed.
	fault *any
}

// inOrder does n pieces of work with a number of workers and hands the results
// to take in order. A worker is made by start. At most a few batches for each
// worker are under way at once, so memory does not grow with n. When the
// context ends, what is not begun is left. The error is what a worker panicked
// with.
func inOrder[T any](ctx context.Context, n, workers int, start func() func(i int) T, take func(T)) error {
	workers = max(1, min(workers, (n+chunk-1)/chunk))
	if workers == 1 {
		work := start()
		for i := 0; i < n && ctx.Err() == nil; i++ {
			take(work(i))
		}
		return nil
	}
	jobs := make(chan batch[T])
	queue := make(chan batch[T], 2*workers)
	for range workers {
		go func() {
			var work func(i int) T
			for b := range jobs {
				b.run(ctx, func(i int) T {
					if work == nil {
						work = start()
					}
					return work(i)
				})
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(jobs)
		for from := 0; from < n && ctx.Err() == nil; from += chunk {
			b := batch[T]{from, min(from+chunk, n), make(chan []T, 1), new(any)}
			queue <- b
			jobs <- b
		}
	}()
	for b := range queue {
		results := <-b.results
		if *b.fault != nil {
			return fmt.Errorf("%v", *b.fault)
		}
		for _, result := range results {
			take(result)
		}
	}
	return nil
}

func (b batch[T]) run(ctx context.Context, work func(i int) T) {
	defer func() {
		if fault := recover(); fault != nil {
			*b.fault = fault
			b.results <- nil
		}
	}()
	results := make([]T, 0, b.to-b.from)
	for i := b.from; i < b.to && ctx.Err() == nil; i++ {
		results = append(results, work(i))
	}
	b.results <- results
}
