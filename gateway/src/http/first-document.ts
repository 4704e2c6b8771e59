/** The document that the IDEs open with. */
export const firstDocument = `# Log in as the demo buyer, then put the access token into the headers:
# Authorization: Bearer <accessToken>
# Every operation is described at /docs, with an example.
mutation Login {
  login(email: "buyer@souk.test", password: "souk-demo-2026") {
    accessToken
    user {
      id
      displayName
    }
    userErrors {
      code
      message
    }
  }
}

query Browse {
  listings(first: 5) {
    nodes {
      title
      kind
      offers {
        id
        title
        price {
          formatted
        }
      }
    }
  }
}
`;
