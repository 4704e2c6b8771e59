/** A supergraph of a test: the SDL of each subgraph. */
export type Subgraphs = Readonly<Record<string, string>>;

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject", "@tag", "@extends"])`;

const linked = (subgraphs: Subgraphs): Subgraphs =>
  Object.fromEntries(Object.entries(subgraphs).map(([name, sdl]) => [name, `${link}\n${sdl}`]));

/** Small supergraphs, each for features that are hard to execute. */
export const supergraphs: Readonly<Record<string, Subgraphs>> = {
  'keys, lists and what each subgraph adds': linked({
    accounts: `
      type Query { me: User user(id: ID!): User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String @shareable }`,
    products: `
      type Query { topProducts(first: Int = 5): [Product] product(upc: ID!): Product! }
      type Product @key(fields: "upc") { upc: ID! name: String! price: Int weight: Int }`,
    inventory: `
      type Product @key(fields: "upc") {
        upc: ID! price: Int @external weight: Int @external
        inStock: Boolean shippingEstimate(express: Boolean): Int @requires(fields: "price weight")
      }`,
    reviews: `
      type Query { latestReviews: [Review!]! }
      type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") }
      type User @key(fields: "id") { id: ID! username: String @external reviews(first: Int): [Review] }
      type Product @key(fields: "upc") { upc: ID! reviews: [Review!] }`,
  }),
  'requires of requires, compound and several keys': linked({
    a: `
      type Query { things: [Thing!] thing: Thing matrix: [[Thing]] }
      type Thing @key(fields: "id") @key(fields: "sku region { code }") {
        id: ID! sku: String! region: Region! size: Int
        parts: [Part!]!
      }
      type Region @shareable { code: String! name: String }
      type Part @key(fields: "serial") { serial: ID! mass: Float }`,
    b: `
      type Thing @key(fields: "id") {
        id: ID! size: Int @external
        parts: [Part!]! @external
        area: Int @requires(fields: "size")
        load: Float @requires(fields: "parts { mass }")
      }
      type Part @key(fields: "serial") { serial: ID! mass: Float @external label(long: Boolean = true): String! @requires(fields: "mass") }`,
    c: `
      type Thing @key(fields: "sku region { code }") {
        sku: String! region: Region! @shareable
        area: Int @external
        price(currency: Currency = EUR, filter: Filter): Int @requires(fields: "area")
        related(first: Int): [Thing]
      }
      type Region @shareable { code: String! }
      enum Currency { EUR USD }
      input Filter { above: Int, in: [Currency!], not: Filter }`,
    d: `
      type Thing @key(fields: "id") { id: ID! area: Int @external worth: Int @requires(fields: "area") note: Note offers: [Offer!] }
      type Note { text: String author: Author }
      type Author @key(fields: "name") { name: String! }
      type Offer { thing: Thing! percent: Int }`,
    e: `type Author @key(fields: "name") { name: String! born: Int works: [Thing!]! } type Thing @key(fields: "id", resolvable: false) { id: ID! }`,
  }),
  'interfaces and unions over several subgraphs': linked({
    media: `
      type Query { feed: [Item] hero: Item! any: [Anything!] shelf: Shelf }
      interface Item { id: ID! title: String related: [Item] }
      type Book implements Item @key(fields: "id") { id: ID! title: String related: [Item] pages: Int shared: String @shareable }
      type Film implements Item @key(fields: "id") { id: ID! title: String related: [Item] minutes: Int! }
      type Song implements Item @key(fields: "id") { id: ID! title: String related: [Item] band: Band! }
      type Band @key(fields: "name") { name: String! }
      union Anything = Book | Film | Band
      type Shelf { items: [Item!]! best: Anything }`,
    sales: `
      type Query { bestseller: Sold }
      interface Sold { price: Int }
      type Book implements Sold @key(fields: "id") { id: ID! price: Int seller: Seller! }
      type Film implements Sold @key(fields: "id") { id: ID! price: Int seller: [Seller!] }
      type Seller @key(fields: "id") { id: ID! rating: Float }
      type Band @key(fields: "name") { name: String! members: [Person!] }
      type Person { name: String role: Role }
      enum Role { SINGER DRUMMER @inaccessible GUITAR }`,
    people: `
      type Seller @key(fields: "id") { id: ID! name: String owns: [Owned] }
      union Owned = Book | Song
      type Book @key(fields: "id") { id: ID! shared: String @shareable }
      type Song @key(fields: "id") { id: ID! plays: Int }`,
  }),
  'interface objects and entity interfaces': linked({
    catalog: `
      type Query { listings: [Listing!]! listing(id: ID!): Listing tour: Tour }
      interface Listing @key(fields: "id") { id: ID! title: String price: Int }
      type Tour implements Listing @key(fields: "id") { id: ID! title: String price: Int days: Int }
      type App implements Listing @key(fields: "id") { id: ID! title: String price: Int platform: String }`,
    social: `
      type Query { popular: [Listing] }
      type Listing @key(fields: "id") @interfaceObject {
        id: ID! price: Int @external likes: Int! value: Int @requires(fields: "price") comments: [Comment!]
      }
      type Comment { text: String about: Listing by: User }
      type User @key(fields: "id") { id: ID! name: String }`,
    users: `
      type User @key(fields: "id") { id: ID! email: String favourite: Tour }
      type Tour @key(fields: "id") { id: ID! guide: User }`,
  }),
  'overrides, what clients may not see, and value types': linked({
    first: `
      type Query { account: Account accounts(of: Filter): [Account!]! node(id: ID!): Node }
      type Account @key(fields: "id") @key(fields: "number") { id: ID! number: Int! balance: Money! holder: Holder secret: String @inaccessible }
      type Money @shareable { amount: Int! currency: String! }
      type Holder { name: String! address: Address }
      type Address @shareable { city: String street: String! }
      interface Node { id: ID! }
      type Branch implements Node @key(fields: "id") { id: ID! city: String }
      type Hidden implements Node @inaccessible { id: ID! }
      input Filter { ids: [ID!], text: String = "all", deep: Filter, hidden: Int @inaccessible }`,
    second: `
      type Account @key(fields: "number") { number: Int! balance: Money! @override(from: "first") limit: Money history(last: Int! = 3): [Entry] }
      type Money @shareable { amount: Int! currency: String! }
      type Entry { at: String amount: Money! branch: Branch }
      type Branch @key(fields: "id") { id: ID! manager: Manager }
      type Manager { name: String! boss: Manager address: Address }
      type Address @shareable { city: String street: String! }`,
    third: `
      type Account @key(fields: "id") { id: ID! secret: String @external score: Int @requires(fields: "secret") }`,
  }),
  'mutations in series': linked({
    cart: `
      type Query { cart: Cart }
      type Mutation { add(sku: String!, count: Int = 1): Cart! clear: Cart rename(input: Rename!): Renamed }
      input Rename { name: String!, tags: [String!] }
      type Renamed { cart: Cart problems: [Problem!]! }
      interface Problem { message: String! }
      type TooLong implements Problem { message: String! longest: Int! }
      type Taken implements Problem { message: String! by: User }
      type Cart @key(fields: "id") { id: ID! lines: [Line!]! }
      type Line { sku: String! product: Product }
      type Product @key(fields: "sku") { sku: String! }
      type User @key(fields: "id") { id: ID! }`,
    catalog: `
      type Mutation { price(sku: String!, to: Int!): Product }
      type Product @key(fields: "sku") { sku: String! name: String! price: Int }
      type Cart @key(fields: "id") { id: ID! total: Int }`,
    users: `
      type Query { me: User }
      type Mutation { greet(name: String): User! }
      type User @key(fields: "id") { id: ID! name: String cart: Cart }
      type Cart @key(fields: "id", resolvable: false) { id: ID! }`,
  }),
};
