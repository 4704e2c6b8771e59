module souk/bench/gateway/subgraphs

go 1.22
