// Runs one scenario of ./scenarios with the JSON argument it gets, and prints what it returns as JSON on the last line.
import { Client } from "langsmith";

const [scenario, argument] = process.argv.slice(2);
const client = new Client();
const { default: play } = await import(`./scenarios/${scenario}.mjs`);
const result = await play(client, JSON.parse(argument));
await client.awaitPendingTraceBatches();
console.log(JSON.stringify(result ?? null));
