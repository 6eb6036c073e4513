// The choice of attribution models in the address.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenModels, isSame, modelOf, modelRows, toggled } from "../lib/models.js";

test("models of an address are the known ones, each once, in their usual order", () => {
  assert.deepEqual(chosenModels("markov,last,psychic,last"), ["last", "markov"]);
  assert.deepEqual(chosenModels(undefined), []);
  assert.equal(modelOf("psychic").label, "psychic");
});

test("a model is switched on and off, and none leaves nothing in the address", () => {
  assert.equal(toggled(["last"], "first"), "first,last");
  assert.equal(toggled(["first", "last"], "first"), "last");
  assert.equal(toggled(["last"], "last"), undefined);
});

test("a row says when the models agree on it; nobody's money has rows of its own", () => {
  const row = (last, linear) => ({ by_model: { last: { earned_micro: last }, linear: { earned_micro: linear } } });
  assert.equal(isSame(row(1, 1)), true);
  assert.equal(isSame(row(1, 2)), false);
  assert.equal(isSame({ by_model: {} }), true);
  assert.deepEqual(modelRows({ data: ["a"], unattributed: ["u"], waiting: ["w"] }), ["a", "u", "w"]);
});
