package main

// A value of a field: a string, an int, a bool, an object, a list of objects, or nil.
type object struct {
	typename string
	key      string
	given    map[string]any // what a representation carried
}

type arguments map[string]any

func field(graph string, of object, name string, args arguments) any {
	if name == "__typename" {
		return of.typename
	}
	switch of.typename {
	case "Query":
		return queryField(graph, name, args)
	case "User":
		return userField(graph, of.key, name)
	case "Product":
		return productField(graph, of, name)
	case "Review":
		return reviewField(of.key, name)
	}
	return nil
}

func queryField(graph, name string, args arguments) any {
	switch name {
	case "me":
		return object{"User", "1", nil}
	case "user":
		id, _ := args["id"].(string)
		if userByID(id) == nil {
			return nil
		}
		return object{"User", id, nil}
	case "users":
		list := make([]object, len(users))
		for index, each := range users {
			list[index] = object{"User", each.ID, nil}
		}
		return list
	case "topProducts":
		first := 5
		if given, ok := args["first"].(float64); ok {
			first = int(given)
		}
		list := make([]object, 0, first)
		for index := 0; index < first && index < len(products); index++ {
			list = append(list, object{"Product", products[index].UPC, nil})
		}
		return list
	case "_entities":
		given, _ := args["representations"].([]any)
		list := make([]object, 0, len(given))
		for _, each := range given {
			fields, _ := each.(map[string]any)
			typename, _ := fields["__typename"].(string)
			key, ok := fields["id"].(string)
			if !ok {
				key, _ = fields["upc"].(string)
			}
			list = append(list, object{typename, key, fields})
		}
		return list
	}
	return nil
}

func userField(graph, id, name string) any {
	each := userByID(id)
	if each == nil {
		return nil
	}
	switch name {
	case "id":
		return each.ID
	case "name":
		return each.Name
	case "username":
		return each.Username
	case "birthday":
		return each.Birthday
	case "reviews":
		list := []object{}
		for _, one := range reviews {
			if one.Author == id {
				list = append(list, object{"Review", one.ID, nil})
			}
		}
		return list
	}
	return nil
}

func productField(graph string, of object, name string) any {
	each := productByUPC(of.key)
	if each == nil {
		return nil
	}
	switch name {
	case "upc":
		return each.UPC
	case "name":
		return each.Name
	case "price":
		return each.Price
	case "weight":
		return each.Weight
	case "inStock":
		return inStock[of.key]
	case "shippingEstimate":
		price, hasPrice := of.given["price"].(float64)
		weight, hasWeight := of.given["weight"].(float64)
		if !hasPrice || !hasWeight {
			return nil
		}
		if price > 1000 {
			return 0
		}
		return int(weight / 2)
	case "reviews":
		list := []object{}
		for _, one := range reviews {
			if one.Product == of.key {
				list = append(list, object{"Review", one.ID, nil})
			}
		}
		return list
	}
	return nil
}

func reviewField(id, name string) any {
	each := reviewByID(id)
	if each == nil {
		return nil
	}
	switch name {
	case "id":
		return each.ID
	case "body":
		return each.Body
	case "author":
		return object{"User", each.Author, nil}
	case "product":
		return object{"Product", each.Product, nil}
	}
	return nil
}
