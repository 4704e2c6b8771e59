module souk/bench/gateway/load

go 1.22
