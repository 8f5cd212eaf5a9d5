import { expect, test } from "vitest";

import { actionWords } from "@/features/audit/actions";
import server from "../openapi/server.json";

test("whatever staff or a station may change is said in words in the log", () => {
  const changes = Object.entries(server.paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  const audited = changes.filter((action) => /^(POST|PUT|PATCH|DELETE) \/api\/(admin|office|school|station|review)\//.test(action));
  expect(audited.length).toBeGreaterThan(30);
  expect(audited.filter((action) => actionWords(action).zh === action)).toEqual([]);
});
