# The operator's image. Its steps are run outside docker by test/house/packaging.test.ts.
FROM node:26-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run prepare

# Exactly the locked run-time packages: no compiler, no tests, no Node beside the image's own.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /src/dist/js ./dist/js
COPY crds ./crds
COPY docs ./docs
COPY package.json LICENSE ./
USER 65532:65532
ENTRYPOINT ["node", "/app/dist/js/src/main.js"]
CMD ["--help"]
