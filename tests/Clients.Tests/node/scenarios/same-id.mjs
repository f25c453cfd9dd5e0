// A traced call under an id that another process uses at the same time; the start is the caller's, so that both are one attempt or two.
import { RunTree } from "langsmith";

export default async (client, { id, project, sender, start }) => {
  const run = new RunTree({
    id, client, project_name: project, name: "job", run_type: "chain", start_time: start,
    inputs: { question: "why" }, tags: [sender], metadata: { [`sent-by-${sender}`]: true },
  });
  await run.postRun();
  await run.end({ answer: `answer of ${sender}` });
  await run.patchRun();
  await client.awaitPendingTraceBatches();
};
