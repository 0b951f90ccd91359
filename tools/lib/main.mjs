// Whether a module is the program that was started, also in a Node 20 before 20.11, which does not know its own file name.
import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** `isMain(import.meta)`: whether that module was started itself, and not read by another. */
export const isMain = ({ url }) => existsSync(process.argv[1] ?? "") && fileURLToPath(url) === realpathSync(process.argv[1]);
