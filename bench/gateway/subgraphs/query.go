package main

import (
	"errors"
	"strconv"
)

// A selection of a query: enough of GraphQL for what gateways send to these subgraphs.
type selection struct {
	key       string // of the answer
	name      string // of the field; "" for a fragment
	condition string // of a fragment; "" for none
	args      map[string]any
	below     []selection
}

// The name of a variable, as the value of an argument.
type variable string

type parser struct {
	text      string
	at        int
	fragments map[string]selection
}

var errSyntax = errors.New("the query cannot be read")

func parse(text string) (set []selection, err error) {
	defer func() {
		if recover() != nil {
			err = errSyntax
		}
	}()
	p := &parser{text: text, fragments: map[string]selection{}}
	for p.skip(); p.at < len(p.text); p.skip() {
		if p.peek() == '{' {
			set = p.set()
			continue
		}
		word := p.name()
		if word == "fragment" {
			name := p.name()
			p.name() // on
			condition := p.name()
			p.fragments[name] = selection{condition: condition, below: p.set()}
			continue
		}
		if p.peek() != '{' && p.peek() != '(' {
			p.name()
		}
		if p.peek() == '(' {
			p.pass('(', ')')
		}
		set = p.set()
	}
	return p.spread(set), nil
}

func (p *parser) spread(set []selection) []selection {
	for index := range set {
		one := &set[index]
		if one.name == "" && one.key != "" {
			*one = p.fragments[one.key]
			one.below = append([]selection(nil), one.below...)
		}
		one.below = p.spread(one.below)
	}
	return set
}

func (p *parser) skip() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\n', '\t', '\r', ',':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) peek() byte {
	p.skip()
	return p.text[p.at]
}

func (p *parser) take(char byte) {
	if p.peek() != char {
		panic(errSyntax)
	}
	p.at++
}

func (p *parser) name() string {
	p.skip()
	start := p.at
	for p.at < len(p.text) {
		c := p.text[p.at]
		if c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			p.at++
			continue
		}
		break
	}
	if start == p.at {
		panic(errSyntax)
	}
	return p.text[start:p.at]
}

func (p *parser) pass(open, shut byte) {
	depth := 0
	for ; ; p.at++ {
		if p.text[p.at] == open {
			depth++
		} else if p.text[p.at] == shut {
			depth--
			if depth == 0 {
				p.at++
				return
			}
		}
	}
}

func (p *parser) set() []selection {
	set := []selection{}
	p.take('{')
	for p.peek() != '}' {
		set = append(set, p.selection())
	}
	p.take('}')
	return set
}

func (p *parser) selection() selection {
	if p.peek() == '.' {
		p.at += 3
		if p.peek() == '{' {
			return selection{below: p.set()}
		}
		word := p.name()
		if word == "on" {
			condition := p.name()
			return selection{condition: condition, below: p.set()}
		}
		return selection{key: word}
	}
	one := selection{name: p.name()}
	one.key = one.name
	if p.peek() == ':' {
		p.take(':')
		one.name = p.name()
	}
	if p.peek() == '(' {
		p.take('(')
		one.args = map[string]any{}
		for p.peek() != ')' {
			name := p.name()
			p.take(':')
			one.args[name] = p.value()
		}
		p.take(')')
	}
	if p.peek() == '{' {
		one.below = p.set()
	}
	return one
}

func (p *parser) value() any {
	switch c := p.peek(); {
	case c == '$':
		p.at++
		return variable(p.name())
	case c == '"':
		end := p.at + 1
		for p.text[end] != '"' {
			end++
		}
		value := p.text[p.at+1 : end]
		p.at = end + 1
		return value
	default:
		word := p.name()
		if number, err := strconv.ParseFloat(word, 64); err == nil {
			return number
		}
		return word
	}
}
