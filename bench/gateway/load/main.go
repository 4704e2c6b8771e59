// Asks one thing again and again over a number of connections, and says how long the answers took.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

func main() {
	url := flag.String("url", "", "where to post")
	body := flag.String("body", "", "a file with what to post")
	connections := flag.Int("connections", 50, "requests under way at one time")
	seconds := flag.Float64("seconds", 5, "how long")
	headers := map[string]string{}
	flag.Func("header", "name: value, sent with each", func(text string) error {
		name, value, _ := strings.Cut(text, ": ")
		headers[name] = value
		return nil
	})
	flag.Parse()
	text, err := os.ReadFile(*body)
	if err != nil {
		panic(err)
	}
	// Go accepts gzip by default. The peers send plain bodies, and so does Souk then.
	transport := &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: *connections, MaxConnsPerHost: *connections}
	client := &http.Client{Transport: transport, Timeout: 30 * time.Second}
	began := time.Now()
	end := began.Add(time.Duration(*seconds * float64(time.Second)))
	var mutex sync.Mutex
	var wait sync.WaitGroup
	var took []float64
	failed := 0
	for worker := 0; worker < *connections; worker++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			own := []float64{}
			ownFailed := 0
			for time.Now().Before(end) {
				at := time.Now()
				request, _ := http.NewRequest("POST", *url, bytes.NewReader(text))
				request.Header.Set("content-type", "application/json")
				for name, value := range headers {
					request.Header.Set(name, value)
				}
				response, err := client.Do(request)
				if err != nil {
					ownFailed++
					continue
				}
				answer, err := io.ReadAll(response.Body)
				response.Body.Close()
				if err != nil || response.StatusCode != 200 || bytes.Contains(answer[:min(len(answer), 12)], []byte(`"errors"`)) {
					ownFailed++
					continue
				}
				own = append(own, float64(time.Since(at).Microseconds())/1000)
			}
			mutex.Lock()
			took = append(took, own...)
			failed += ownFailed
			mutex.Unlock()
		}()
	}
	wait.Wait()
	elapsed := time.Since(began).Seconds()
	sort.Float64s(took)
	at := func(share float64) float64 {
		if len(took) == 0 {
			return 0
		}
		return took[int(share*float64(len(took)-1))]
	}
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"perSecond": float64(len(took)) / elapsed,
		"p50":       at(0.5),
		"p99":       at(0.99),
		"failed":    failed,
		"answers":   len(took),
	})
}
