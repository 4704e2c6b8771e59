package main

// The data of the federation benchmark: a few users, products and reviews that refer to each other.

type user struct {
	ID, Name, Username string
	Birthday           int
}

type product struct {
	UPC, Name     string
	Price, Weight int
}

type review struct {
	ID, Body, Author, Product string
}

var users = []user{
	{"1", "Uri Goldshtein", "urigo", 1234567890},
	{"2", "Dotan Simha", "dotansimha", 1234567890},
	{"3", "Kamil Kisiela", "kamilkisiela", 1234567890},
	{"4", "Arda Tanrikulu", "ardatan", 1234567890},
	{"5", "Gil Gardosh", "gilgardosh", 1234567890},
	{"6", "Laurin Quast", "laurin", 1234567890},
}

var products = []product{
	{"1", "Table", 899, 100},
	{"2", "Couch", 1299, 1000},
	{"3", "Glass", 15, 20},
	{"4", "Chair", 499, 100},
	{"5", "TV", 1299, 1000},
	{"6", "Lamp", 6999, 300},
	{"7", "Grill", 3999, 2000},
	{"8", "Fridge", 100000, 6000},
	{"9", "Sofa", 9999, 800},
}

var inStock = map[string]bool{"1": true, "3": true, "5": true, "6": true, "7": true}

var reviews = []review{
	{"1", "Love it!", "1", "1"},
	{"2", "Too expensive.", "1", "2"},
	{"3", "Could be better.", "2", "3"},
	{"4", "Prefer something else.", "2", "1"},
	{"5", "Best purchase this year.", "3", "5"},
	{"6", "Arrived with a scratch.", "3", "6"},
	{"7", "As described.", "4", "2"},
	{"8", "Would buy again.", "5", "4"},
	{"9", "It is what it is.", "6", "7"},
	{"10", "My cat loves it.", "6", "1"},
}

func userByID(id string) *user {
	for index := range users {
		if users[index].ID == id {
			return &users[index]
		}
	}
	return nil
}

func productByUPC(upc string) *product {
	for index := range products {
		if products[index].UPC == upc {
			return &products[index]
		}
	}
	return nil
}

func reviewByID(id string) *review {
	for index := range reviews {
		if reviews[index].ID == id {
			return &reviews[index]
		}
	}
	return nil
}
