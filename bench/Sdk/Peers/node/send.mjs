// node send.mjs ENDPOINT LOAD PROJECT RUNS FLUSH_EVERY: the same load as PeerRun.cs, with the official JavaScript client on its default settings.
import { Client } from "langsmith";
import { traceable } from "langsmith/traceable";

const [endpoint, load, project, runsText, flushText] = process.argv.slice(2);
const runs = Number(runsText);
const flushEvery = Number(flushText);
const warmUpRuns = Math.min(5000, runs);
const client = new Client({ apiUrl: endpoint, apiKey: "bench" });

const words = ("the order was shipped on monday because a customer asked whether our warehouse could send two parcels instead of one and nobody " +
  "answered before noon so the agent looked up every invoice address phone number discount voucher weight and carrier").split(" ");
let state = 1;
const next = (bound) => {
  state = (state * 1103515245 + 12345) % 2147483648;
  return state % bound;
};
const texts = Array.from({ length: 512 }, () => {
  let text = "";
  while (text.length < 950) text += words[next(words.length)] + (next(12) === 0 ? ` ${next(100000)} ` : " ");
  return text;
});

let answer = "";
const config = { name: "chat", run_type: "llm", client, project_name: project, metadata: { model: "small", user: "user-17" }, tracingEnabled: true };
const chat = traceable(async (_question) => answer, config);
const lastingChat = traceable((_question, reply) => reply, { ...config, processInputs: (inputs) => ({ input: inputs.args[0] }) });

// Runs of which each begins in one batch and ends in another, many at a time, as calls of real models do.
async function recordLasting(count, atOnce) {
  let recording = 0n;
  for (let done = 0; done < count; done += atOnce) {
    const going = [];
    let start = process.hrtime.bigint();
    for (let run = done; run < Math.min(done + atOnce, count); run++) {
      let end;
      const reply = new Promise((resolve) => { end = () => resolve(texts[(run + 1) % texts.length]); });
      going.push({ end, call: lastingChat(texts[run % texts.length], reply) });
    }
    recording += process.hrtime.bigint() - start;
    await client.awaitPendingTraceBatches();
    start = process.hrtime.bigint();
    for (const { end, call } of going) { end(); await call; }
    recording += process.hrtime.bigint() - start;
    await client.awaitPendingTraceBatches();
  }
  return recording;
}

async function record(count, every) {
  let recording = 0n;
  for (let done = 0; done < count;) {
    const chunk = every > 0 ? Math.min(every, count - done) : count;
    const start = process.hrtime.bigint();
    for (let run = done; run < done + chunk; run++) {
      answer = texts[(run + 1) % texts.length];
      await chat(texts[run % texts.length]);
    }
    recording += process.hrtime.bigint() - start;
    done += chunk;
    await client.awaitPendingTraceBatches();
  }
  return recording;
}

const send = load === "Lasting" ? recordLasting : record;
await send(warmUpRuns, 200);
const cpu = process.cpuUsage();
const start = process.hrtime.bigint();
const recording = await send(runs, flushEvery);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const used = process.cpuUsage(cpu);
console.log(JSON.stringify({
  peer: "langsmith-js 0.12.0",
  project,
  recorded: runs + warmUpRuns,
  runs,
  load,
  caller_microseconds: Number(recording) / 1000 / runs,
  cpu_microseconds: (used.user + used.system) / runs,
  seconds,
  peak_megabytes: process.resourceUsage().maxRSS / 1000,
}));
