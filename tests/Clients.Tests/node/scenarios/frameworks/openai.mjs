// OpenAI's client against an endpoint that speaks its protocol: chat, streamed chat, responses, and a refusal.
import { createServer } from "node:http";
import OpenAI from "openai";
import { uuid7 } from "langsmith";
import { wrapOpenAI } from "langsmith/wrappers";
import { sent } from "../../list.mjs";

const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12, prompt_tokens_details: { cached_tokens: 4 } };
const chat = { id: "c1", object: "chat.completion", created: 1, model: "gpt-4o-mini", choices: [{ index: 0, message: { role: "assistant", content: "because" }, finish_reason: "stop" }], usage };
const chunk = (delta, more = {}) => ({ id: "c2", object: "chat.completion.chunk", created: 1, model: "gpt-4o-mini", choices: [{ index: 0, delta, finish_reason: null }], ...more });
const chunks = [chunk({ role: "assistant", content: "be" }), chunk({ content: "cause" }), chunk({}, { choices: [], usage })];
const responded = {
  id: "r1", object: "response", created_at: 1, status: "completed", model: "gpt-4o-mini", output: [{ type: "message", id: "m1", role: "assistant", status: "completed", content: [{ type: "output_text", text: "because", annotations: [] }] }],
  usage: { input_tokens: 9, output_tokens: 3, total_tokens: 12, input_tokens_details: { cached_tokens: 4 }, output_tokens_details: { reasoning_tokens: 1 } },
};

const answer = (request, response, body) => {
  if (body.messages?.[0]?.content === "fail") {
    response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"message":"no such word"}}');
  } else if (body.stream) {
    response.writeHead(200, { "content-type": "text/event-stream" }).end(`${chunks.map((each) => `data: ${JSON.stringify(each)}\n\n`).join("")}data: [DONE]\n\n`);
  } else {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(request.url.endsWith("/responses") ? responded : chat));
  }
};

const listen = () => new Promise((resolve) => {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (data) => { text += data; }).on("end", () => answer(request, response, JSON.parse(text)));
  }).listen(0, "127.0.0.1", () => resolve(server));
});

export default async (client, { id, project }) => {
  const server = await listen();
  const openai = wrapOpenAI(new OpenAI({ apiKey: "sk-any", baseURL: `http://127.0.0.1:${server.address().port}/v1`, maxRetries: 0 }), { client, project_name: project });
  const [streamed, response, failed] = [uuid7(), uuid7(), uuid7()];
  const ask = (content) => ({ model: "gpt-4o-mini", temperature: 0.5, messages: [{ role: "user", content }] });
  const extra = (runId) => ({ langsmithExtra: { id: runId, name: "asked", metadata: { m: 1 }, tags: ["t"] } });

  await openai.chat.completions.create(ask("why"), extra(id));
  let read = "";
  for await (const part of await openai.chat.completions.create({ ...ask("why"), stream: true, stream_options: { include_usage: true } }, extra(streamed))) {
    read += part.choices[0]?.delta?.content ?? "";
  }

  await openai.responses.create({ model: "gpt-4o-mini", input: "why" }, extra(response));
  const refusal = await openai.chat.completions.create(ask("fail"), extra(failed)).then(() => "answered", (error) => error.status);
  await sent(client);
  server.close();
  return { streamed, read, response, failed, refusal };
};
