// The four subgraphs of the federation benchmark in one process, in memory, so that what is measured is the gateway.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
)

var parsed sync.Map // of queries, by their text: clients of these subgraphs are gateways, which repeat themselves

type request struct {
	Query     string         `json:"query"`
	Variables map[string]any `json:"variables"`
}

func queryOf(text string) ([]selection, error) {
	if known, ok := parsed.Load(text); ok {
		return known.([]selection), nil
	}
	set, err := parse(text)
	if err == nil {
		parsed.Store(text, set)
	}
	return set, err
}

type writer struct {
	graph     string
	variables map[string]any
	out       []byte
}

func (w *writer) object(of object, set []selection) {
	w.out = append(w.out, '{')
	start := len(w.out)
	w.fields(of, set, start)
	w.out = append(w.out, '}')
}

func (w *writer) fields(of object, set []selection, start int) {
	for index := range set {
		one := &set[index]
		if one.name == "" {
			if one.condition == "" || one.condition == of.typename {
				w.fields(of, one.below, start)
			}
			continue
		}
		if len(w.out) > start {
			w.out = append(w.out, ',')
		}
		w.out = append(w.out, '"')
		w.out = append(w.out, one.key...)
		w.out = append(w.out, '"', ':')
		w.value(field(w.graph, of, one.name, w.arguments(one)), one.below)
	}
}

func (w *writer) arguments(one *selection) arguments {
	if one.args == nil {
		return nil
	}
	args := make(arguments, len(one.args))
	for name, value := range one.args {
		if of, ok := value.(variable); ok {
			value = w.variables[string(of)]
		}
		args[name] = value
	}
	return args
}

func (w *writer) value(value any, below []selection) {
	switch value := value.(type) {
	case nil:
		w.out = append(w.out, "null"...)
	case string:
		w.out = strconv.AppendQuote(w.out, value)
	case int:
		w.out = strconv.AppendInt(w.out, int64(value), 10)
	case bool:
		w.out = strconv.AppendBool(w.out, value)
	case object:
		w.object(value, below)
	case []object:
		w.out = append(w.out, '[')
		for index, each := range value {
			if index > 0 {
				w.out = append(w.out, ',')
			}
			w.object(each, below)
		}
		w.out = append(w.out, ']')
	}
}

func handler(graph string) http.HandlerFunc {
	return func(response http.ResponseWriter, incoming *http.Request) {
		body, err := io.ReadAll(incoming.Body)
		if err != nil {
			http.Error(response, err.Error(), http.StatusBadRequest)
			return
		}
		var operation request
		if err := json.Unmarshal(body, &operation); err != nil {
			http.Error(response, err.Error(), http.StatusBadRequest)
			return
		}
		set, err := queryOf(operation.Query)
		if err != nil {
			http.Error(response, err.Error(), http.StatusBadRequest)
			return
		}
		w := writer{graph: graph, variables: operation.Variables, out: make([]byte, 0, 2048)}
		w.out = append(w.out, `{"data":`...)
		w.object(object{"Query", "", nil}, set)
		w.out = append(w.out, '}')
		response.Header().Set("content-type", "application/json")
		response.Header().Set("content-length", strconv.Itoa(len(w.out)))
		_, _ = response.Write(w.out)
	}
}

func main() {
	port := flag.Int("port", 4200, "accounts listens here, and inventory, products and reviews at the next three")
	flag.Parse()
	failed := make(chan error)
	for offset, graph := range []string{"accounts", "inventory", "products", "reviews"} {
		mux := http.NewServeMux()
		mux.Handle("/graphql", handler(graph))
		go func() {
			failed <- http.ListenAndServe(fmt.Sprintf("127.0.0.1:%d", *port+offset), mux)
		}()
	}
	fmt.Println("ready")
	panic(<-failed)
}
