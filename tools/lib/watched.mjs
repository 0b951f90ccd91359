// What `make serve` looks at: a change there is built anew.
export const WATCHED = [
  "src", "style", "first", "worker", "badge", "public", "console", "index.html", "build.rs", "Cargo.toml", "Cargo.lock", "Trunk.toml",
];
