# One image for the gateway, the five subgraphs and the Stripe simulator: the command says which one runs.
# 24.21.0
ARG BASE=node:24-bookworm-slim@sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553

FROM ${BASE} AS manifests
WORKDIR /souk
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY gateway/package.json gateway/
COPY subgraphs/account/package.json subgraphs/account/
COPY subgraphs/catalog/package.json subgraphs/catalog/
COPY subgraphs/order/package.json subgraphs/order/
COPY subgraphs/payment/package.json subgraphs/payment/
COPY subgraphs/social/package.json subgraphs/social/
COPY stripe-simulator/package.json stripe-simulator/
COPY standalone/package.json standalone/
COPY client/package.json client/
COPY testing/package.json testing/
COPY tests/package.json tests/
COPY bench/package.json bench/
COPY reference/package.json reference/

FROM manifests AS build
# Scripts are off: the build is a step of its own below, and no dependency needs one.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM manifests AS dependencies
# What runs in containers; the embedded database and the test tools stay behind.
RUN npm ci --ignore-scripts --omit=dev \
    -w @souk/shared -w @souk/gateway -w souk-stripe-simulator \
    -w @souk/account -w @souk/catalog -w @souk/order -w @souk/payment -w @souk/social

FROM ${BASE}
# Of a container's network; what is published of it, and where, its runtime says.
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /souk
COPY --from=dependencies /souk ./
COPY --from=build /souk/shared ./shared
COPY --from=build /souk/gateway ./gateway
COPY --from=build /souk/subgraphs ./subgraphs
COPY --from=build /souk/stripe-simulator ./stripe-simulator
COPY supergraph.yaml ./
# The API reference at /docs, where INTROSPECTION is on.
COPY docs/api ./docs/api
COPY docs/scalars ./docs/scalars
# The simulator keeps its journal here; a volume mounted on it takes its owner over.
RUN mkdir -p /data && chown node:node /data
# node; by its number, so that a runtime sees that it is not root.
USER 1000
CMD ["node", "--max-semi-space-size=32", "gateway/dist/main.js"]
