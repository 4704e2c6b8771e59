const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])`;

const linked = (subgraphs: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(subgraphs).map(([name, sdl]) => [name, `${link}\n${sdl}`]));

/** Small supergraphs, each for what planners get wrong: the SDL of each subgraph. */
export const oracleGraphs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'required fields and keys that clients can name': linked({
    users: `
      type Query { me: User users: [User] pair: [[User]] }
      type User @key(fields: "id") { id: ID! name: String free: Int! limit: Int secret: Int @inaccessible boss: User team: Team }
      type Team { title: String! owner: String! lead: User }`,
    social: `
      type User @key(fields: "id") {
        id: ID! two: String bio: String! limit: Int @external secret: Int @external
        may(deep: Boolean = false): String @requires(fields: "limit secret") friends(first: Int): [User!]
      }`,
    money: `
      type User @key(fields: "id") { id: ID! bio: String! @external salary: Int! @requires(fields: "bio") team: Team @external
        budget: Int @requires(fields: "team { title }") bonus: [Int] }
      type Team { title: String! @external }`,
  }),
  'compound keys, several keys, requires of requires': linked({
    a: `
      type Query { things: [Thing!] thing: Thing matrix: [[Thing]] }
      type Mutation { touch(id: ID!): Thing drop: Thing! }
      type Thing @key(fields: "id") @key(fields: "sku region { code }") {
        id: ID! sku: String! region: Region! size: Int parts: [Part!]! tag: String
      }
      type Region @shareable { code: String! name: String }
      type Part @key(fields: "serial") { serial: ID! mass: Float }`,
    b: `
      type Mutation { lift(load: Float): Thing }
      type Thing @key(fields: "id") {
        id: ID! size: Int @external parts: [Part!]! @external
        area: Int @requires(fields: "size") load: Float @requires(fields: "parts { mass }") code: String
      }
      type Part @key(fields: "serial") { serial: ID! mass: Float @external label(long: Boolean = true): String! @requires(fields: "mass") }`,
    c: `
      type Thing @key(fields: "sku region { code }") {
        sku: String! region: Region! @shareable area: Int @external
        worth(in: Currency = EUR): Int @requires(fields: "area") related(first: Int): [Thing] name: String!
      }
      type Region @shareable { code: String! }
      enum Currency { EUR USD }`,
  }),
  'required fields with arguments': linked({
    shop: `
      type Query { product: Product products: [Product!]! }
      type Product @key(fields: "id") { id: ID! price(currency: Currency! = EUR): Int title(short: Boolean = false): String! weight: Int }
      enum Currency { EUR USD GBP }`,
    post: `
      type Product @key(fields: "id") { id: ID! price(currency: Currency! = EUR): Int @external weight: Int @external
        ship: Int @requires(fields: "price(currency: USD)") fee(extra: Int): Int @requires(fields: "price(currency: USD) weight") }
      enum Currency { EUR USD GBP }`,
    labels: `
      type Product @key(fields: "id") { id: ID! title(short: Boolean = false): String! @external weight: Int @external
        tax: Int @requires(fields: "price(currency: GBP)") price(currency: Currency! = EUR): Int @external label: String @requires(fields: "title(short: true) weight") similar(first: Int = 2): [Product] }
      enum Currency { EUR USD GBP }`,
  }),
  'interfaces and unions': linked({
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
      interface Sold { price(in: String): Int }
      type Book implements Sold @key(fields: "id") { id: ID! price(in: String): Int pages: Int @external perPage: Float @requires(fields: "pages") seller: Seller! }
      type Film implements Sold @key(fields: "id") { id: ID! price(in: String): Int minutes: Int! @external perMinute: Float @requires(fields: "minutes") seller: [Seller!] }
      type Seller @key(fields: "id") { id: ID! rating: Float }
      type Band @key(fields: "name") { name: String! members: [Person!] }
      type Person { name: String role: Role }
      enum Role { SINGER DRUMMER GUITAR }`,
    people: `
      type Seller @key(fields: "id") { id: ID! name: String! owns: [Owned] }
      union Owned = Book | Song
      type Book @key(fields: "id") { id: ID! shared: String @shareable }
      type Song @key(fields: "id") { id: ID! plays: Int }`,
  }),
  'interface objects': linked({
    catalog: `
      type Query { listings: [Listing!]! listing: Listing tour: Tour }
      interface Listing @key(fields: "id") { id: ID! title: String price: Int }
      type Tour implements Listing @key(fields: "id") { id: ID! title: String price: Int days: Int }
      type App implements Listing @key(fields: "id") { id: ID! title: String price: Int platform: String }
      type Game implements Listing @key(fields: "id") { id: ID! title: String price: Int players: Int! }`,
    social: `
      type Query { popular: [Listing] }
      type Listing @key(fields: "id") @interfaceObject { id: ID! likes: Int! comments: [Comment!] }
      type Comment { text: String about: Listing by: User }
      type User @key(fields: "id") { id: ID! name: String }`,
    users: `
      type User @key(fields: "id") { id: ID! email: String favourite: Tour }
      type Tour @key(fields: "id") { id: ID! guide: User days: Int @external wage: Int @requires(fields: "days") }`,
  }),
  'interface objects with @requires': linked({
    catalog: `
      type Query { listings: [Listing!]! listing: Listing tour: Tour }
      interface Listing @key(fields: "id") { id: ID! title: String price: Int }
      type Tour implements Listing @key(fields: "id") { id: ID! title: String price: Int days: Int }
      type App implements Listing @key(fields: "id") { id: ID! title: String price: Int platform: String }`,
    values: `
      type Listing @key(fields: "id") @interfaceObject { id: ID! price: Int @external value: Int @requires(fields: "price") likes: Int }`,
  }),
  'shared and provided fields, value types': linked({
    first: `
      type Query { account: Account accounts: [Account!]! }
      type Account @key(fields: "id") @key(fields: "number") { id: ID! number: Int! balance: Money! holder: Holder extra: String @shareable }
      type Money @shareable { amount: Int! currency: String! }
      type Holder { name: String! address: Address }
      type Address @shareable { city: String street: String! }`,
    second: `
      type Query { entries: [Entry] latest: Entry @provides(fields: "account { extra }") }
      type Account @key(fields: "number") { number: Int! extra: String @external limit: Money history: [Entry] }
      type Money @shareable { amount: Int! currency: String! }
      type Entry { at: String amount: Money! account: Account office: Address }
      type Address @shareable { city: String street: String! }`,
  }),
};

/** Operations that other gateways answer otherwise, by graph. `$on` is false. */
export const reportedOperations: Readonly<Record<string, readonly string[]>> = {
  'required fields and keys that clients can name': [
    '{ me { id: name two } }',
    '{ me { limit: free may } }',
    '{ me { id: bio salary } }',
    '{ users { __typename: name two } }',
    'query ($on: Boolean!) { users { two may @include(if: $on) } }',
    'query ($on: Boolean!) { users { may @include(if: $on) salary @skip(if: $on) } }',
    '{ users { two @include(if: false) may } pair { may @skip(if: true) two } }',
    '{ me { ...B boss { ...B } } users { ...B } pair { ...B boss { ...B } } } fragment B on User { team { owner } budget }',
  ],
  'required fields with arguments': [
    '{ products { ship tax label } }',
    '{ products { price(currency: GBP) ship } }',
    '{ products { price: weight label ship tax } }',
    'query ($on: Boolean!) { products { price(currency: USD) @include(if: $on) ship } }',
  ],
  'interface objects with @requires': ['{ listings { ... on Tour { value } ... on App { likes } } }'],
};
