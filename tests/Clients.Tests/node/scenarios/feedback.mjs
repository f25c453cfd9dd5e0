// Feedback before the run is sent, right after, changed, listed and deleted.
import { traceable } from "langsmith/traceable";

const all = async (list) => {
  const items = [];
  for await (const item of list) {
    items.push(item);
  }
  return items;
};

export default async (client, { id, project }) => {
  const early = await client.createFeedback(id, "early", { score: true, comment: "before the run" });
  await traceable(async () => "done", { client, project_name: project, name: "judged", id })();
  const late = await client.createFeedback(id, "late", { score: 0.5, value: "half" });
  await client.awaitPendingTraceBatches();
  await client.updateFeedback(late.id, { score: 0.75 });
  const both = await all(client.listFeedback({ runIds: [id] }));
  const read = await client.readFeedback(late.id);
  await client.deleteFeedback(early.id);
  const left = await all(client.listFeedback({ runIds: [id] }));
  const run = await client.readRun(id);
  return { keys: both.map((item) => item.key).sort(), score: read.score, left: left.map((item) => item.key), stats: run.feedback_stats };
};
