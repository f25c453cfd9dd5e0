// LangChain's own tracing: a chain of a prompt, a model by script and a function, under the caller's id; tracing comes from the environment.
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { RunnableLambda } from "@langchain/core/runnables";
import { awaitAllCallbacks } from "@langchain/core/callbacks/promises";
import { LangChainTracer } from "@langchain/core/tracers/tracer_langchain";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { traceable } from "langsmith/traceable";
import { uuid7 } from "langsmith";
import { sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const chain = ChatPromptTemplate.fromTemplate("Say {word}")
    .pipe(new FakeListChatModel({ responses: ["because"] }))
    .pipe(new StringOutputParser())
    .pipe(RunnableLambda.from((text) => text.toUpperCase()).withConfig({ runName: "shout" }));
  const config = { runId: id, runName: "chain", tags: ["t"], metadata: { m: 1 }, callbacks: [new LangChainTracer({ client, projectName: project })] };
  const said = await chain.invoke({ word: "why" }, config);

  const failed = uuid7();
  const failure = await RunnableLambda.from(() => { throw new Error("boom"); }).invoke("x", { ...config, runId: failed, runName: "failing" }).catch((error) => error.message);

  // From the environment alone, below a traced function of ours.
  const outer = uuid7();
  await traceable(async (word) => chain.invoke({ word }, { runName: "inner" }), { client, project_name: project, id: outer, name: "outer" })("why");
  await awaitAllCallbacks();
  await sent(client);
  return { said, failed, failure, outer };
};
