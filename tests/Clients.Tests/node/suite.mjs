// Plays every scenario of a folder, one after the other in this one process, and prints what each returned as JSON on the last line.
import { readdir } from "node:fs/promises";
import { Client, uuid7 } from "langsmith";

const [folder, filter] = process.argv.slice(2);
const files = (await readdir(`scenarios/${folder}`)).filter((file) => file.endsWith(".mjs") && (filter === undefined || file === `${filter}.mjs`)).sort();
const { warn, error } = console;
const outcomes = {};
// The client serialises long texts on a worker that does not keep the process alive.
const alive = setInterval(() => {}, 60_000);
for (const file of files) {
  const name = file.slice(0, -".mjs".length);
  // What the client says about refusals belongs to the scenario that caused them; its own deprecations are not the server's matter.
  const complaints = [];
  console.warn = console.error = (...words) => {
    const text = words.map(String).join(" ");
    if (!text.includes("is deprecated and will")) {
      complaints.push(text);
    }
  };
  const client = new Client();
  const id = uuid7();
  const outcome = { id, project: `${folder}-${name}-${id}`, complaints };
  try {
    const { default: play } = await import(`./scenarios/${folder}/${file}`);
    outcome.result = (await play(client, outcome)) ?? null;
    await client.awaitPendingTraceBatches();
  } catch (failure) {
    outcome.failure = String(failure?.stack ?? failure);
  }
  outcomes[name] = outcome;
}

clearInterval(alive);
Object.assign(console, { warn, error });
console.log(JSON.stringify(outcomes));
