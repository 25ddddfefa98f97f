# The production image: Node, the packages that the bot runs on, and its sources as they are; nothing is built. test/packaging runs its steps.

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Optional are a compiler, which a package can do without, and what some platforms need that this image is not.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production
# npm writes what it has to say to its cache: the file system is read-only, /tmp is not.
ENV npm_config_cache=/tmp/npm npm_config_update_notifier=false
WORKDIR /app
# The ledger's folder while there is no DATABASE_URL. Everything else that the bot writes goes to its standard output.
RUN mkdir data && chown node:node data
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY locales locales
COPY src src
USER node
VOLUME /app/data
EXPOSE 8080 9464
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.METRICS_PORT || 9464}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without npm in between, so that the signal to stop arrives.
CMD ["node", "--disable-warning=ExperimentalWarning", "src/main.ts"]
