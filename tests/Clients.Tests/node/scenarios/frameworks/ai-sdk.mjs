// The AI SDK with a model that answers by script: text, a stream, and a tool, the outer run under the caller's id.
import * as ai from "ai";
import { MockLanguageModelV3, simulateReadableStream } from "ai/test";
import { uuid7 } from "langsmith";
import { createLangSmithProviderOptions, wrapAISDK } from "langsmith/experimental/vercel";
import { z } from "zod";
import { sent } from "../../list.mjs";

const usage = (input, output) => ({ inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: output, text: output, reasoning: 0 } });
const finish = (unified, input, output) => ({ finishReason: { unified, raw: unified }, usage: usage(input, output), warnings: [] });

export default async (client, { id, project }) => {
  const { generateText, streamText } = wrapAISDK(ai, { client, project_name: project });
  const options = (runId) => ({ langsmith: createLangSmithProviderOptions({ id: runId, name: "outer", tags: ["t"], metadata: { m: 1 } }) });
  const streamed = uuid7();
  const tooled = uuid7();

  const text = await generateText({
    model: new MockLanguageModelV3({ modelId: "mock", doGenerate: { content: [{ type: "text", text: "because" }], ...finish("stop", 3, 2) } }),
    prompt: "why", providerOptions: options(id),
  });

  const chunks = [
    { type: "text-start", id: "1" }, { type: "text-delta", id: "1", delta: "be" }, { type: "text-delta", id: "1", delta: "cause" }, { type: "text-end", id: "1" },
    { type: "finish", ...finish("stop", 3, 2) },
  ];
  const stream = streamText({
    model: new MockLanguageModelV3({ modelId: "mock", doStream: async () => ({ stream: simulateReadableStream({ chunks, initialDelayInMs: null, chunkDelayInMs: null }) }) }),
    prompt: "why", providerOptions: options(streamed),
  });
  let read = "";
  for await (const part of stream.textStream) {
    read += part;
  }

  const weather = ai.tool({ description: "weather", inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => `rain in ${city}` });
  let step = 0;
  const answer = await generateText({
    model: new MockLanguageModelV3({
      modelId: "mock", doGenerate: async () => step++ === 0
        ? { content: [{ type: "tool-call", toolCallId: "c1", toolName: "weather", input: '{"city":"Paris"}' }], ...finish("tool-calls", 5, 1) }
        : { content: [{ type: "text", text: "umbrella" }], ...finish("stop", 9, 4) },
    }),
    tools: { weather }, stopWhen: ai.stepCountIs(3), prompt: "umbrella?", providerOptions: options(tooled),
  });
  await sent(client);
  return { text: text.text, streamed, read, tooled, answer: answer.text };
};
