# The service (the last stage) and, for trying out, the chain of its demo. Commands use relative paths and variables only, so that
# `npm run docker:check` can run them without Docker.

FROM node:24.21.0-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
COPY contracts/package.json contracts/
COPY infra/package.json infra/
COPY server/package.json server/
COPY test/package.json test/
COPY web/package.json web/

FROM manifests AS web
RUN npm ci --ignore-scripts --workspace @dewpoint/contracts --workspace @dewpoint/web
# The audit page has the verifier in it.
COPY contracts/ts contracts/ts
COPY web web
RUN npm run build --workspace @dewpoint/web

FROM manifests AS service-packages
RUN npm ci --ignore-scripts --omit=dev --workspace @dewpoint/contracts --workspace @dewpoint/server
# Packages of development that an optional peer names are kept by npm.
COPY infra/docker/keepPackages.mjs infra/docker/
RUN node infra/docker/keepPackages.mjs contracts server

FROM manifests AS chain-packages
RUN npm ci --ignore-scripts --omit=dev --workspace @dewpoint/contracts --workspace @dewpoint/infra --workspace @dewpoint/server
COPY infra/docker/keepPackages.mjs infra/docker/
RUN node infra/docker/keepPackages.mjs contracts infra server

# anvil, as `npm start` runs it: it begins in the past, so that the demo has its story behind it.
FROM node:24.21.0-bookworm-slim AS chain
WORKDIR /app
ENV NODE_ENV=production \
    DEWPOINT_CHAIN_HOST=0.0.0.0 \
    DEWPOINT_CHAIN_PORT=8545 \
    DEWPOINT_DIR=/home/node/chain
COPY --from=chain-packages /app/node_modules node_modules
COPY contracts contracts
COPY server server
COPY --from=chain-packages /app/server/node_modules server/node_modules
COPY infra infra
USER node
RUN mkdir -m 700 "$DEWPOINT_DIR"
EXPOSE 8545
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s CMD ["node", "infra/docker/healthCheck.mjs", "chain"]
CMD ["node", "--import", "tsx", "infra/src/start/chainAlone.ts"]

FROM node:24.21.0-bookworm-slim AS service
WORKDIR /app
ENV NODE_ENV=production \
    DEWPOINT_HOST=0.0.0.0 \
    DEWPOINT_PORT=4000 \
    DEWPOINT_STATE_DIR=/home/node/state
COPY --from=service-packages /app/node_modules node_modules
COPY contracts contracts
COPY server server
# Packages of which the server has versions of its own.
COPY --from=service-packages /app/server/node_modules server/node_modules
COPY --from=web /app/web/dist web/dist
COPY infra/docker infra/docker
USER node
RUN mkdir -m 700 "$DEWPOINT_STATE_DIR"
EXPOSE 4000
# The first start of a demo plays its story before it answers.
HEALTHCHECK --interval=5s --timeout=3s --start-period=180s CMD ["node", "infra/docker/healthCheck.mjs", "service"]
CMD ["node", "--import", "tsx", "server/src/main.ts"]
