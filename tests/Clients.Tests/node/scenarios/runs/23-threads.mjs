// Conversations: by each of the three keys, in the order of their turns.
import { uuid7 } from "langsmith";
import { all, run, sent } from "../../list.mjs";

export default async (client, { project }) => {
  const [first, second] = [`a-${project}`, `b-${project}`];
  const turns = [];
  for (const [index, metadata] of [{ thread_id: first }, { session_id: second }, { conversation_id: first, session_id: null }, { other: 1 }].entries()) {
    turns.push(uuid7());
    await client.createRun(run(turns.at(-1), project, { start: Date.now() - 10_000 + index, extra: { metadata } }));
  }

  await sent(client);
  const { id } = await client.readProject({ projectName: project });
  const v2 = await all(client.threads.query({ project_id: id }));
  return {
    turns, first, second,
    threads: (await client.listThreads({ projectName: project })).map((thread) => [thread.thread_id, thread.count]),
    read: (await all(client.readThread({ threadId: first, projectName: project }))).map((each) => each.id),
    groups: (await all(client.listGroupRuns({ projectName: project, groupBy: "conversation" }))).map((group) => [group.group_key, group.count]),
    v2: v2.map((thread) => thread.thread_id),
    statistics: await client.threads.stats(first, { session_id: id, selects: ["TURNS", "LATENCY_P50"] }),
    traces: (await all(client.threads.listTraces(first, { project_id: id }))).map((trace) => trace.trace_id),
  };
};
