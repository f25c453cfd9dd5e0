// A run by its own name, by its trace's feedback, and by another run of the tree.
import { uuid7 } from "langsmith";
import { ids, run, sent } from "../../list.mjs";

export default async (client, { project }) => {
  const found = [];
  for (const [score, other] of [[1, "ExpandQuery"], [0, "ExpandQuery"], [1, "Rephrase"]]) {
    const root = run(uuid7(), project);
    const wanted = run(uuid7(), project, { parent: root, name: "RetrieveDocs", run_type: "retriever" });
    for (const each of [root, wanted, run(uuid7(), project, { parent: root, name: other })]) {
      await client.createRun(each);
    }

    await sent(client);
    await client.createFeedback({ runId: root.id, sessionId: (await client.readRun(root.id)).session_id, key: "user_score", score });
    found.push(wanted.id);
  }

  const listed = await ids(client.listRuns({
    projectName: project, filter: 'eq(name, "RetrieveDocs")',
    traceFilter: 'and(eq(feedback_key, "user_score"), eq(feedback_score, 1))', treeFilter: 'eq(name, "ExpandQuery")',
  }));
  const byIds = await ids(client.listRuns({ id: found, runType: "llm" }));
  return { wanted: found[0], found, listed, byIds };
};
