// Feedback by a call of its own, with everything it can carry; changed, cleared and deleted.
import { all, run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  await client.createRun(run(id, project));
  await sent(client);
  const { session_id: sessionId } = await client.readRun(id);
  const feedbackConfig = { type: "continuous", min: 0, max: 1 };
  const given = await client.createFeedback({ runId: id, key: "k", sessionId, score: true, comment: "c", correction: { better: 1 }, feedbackConfig, sourceInfo: { by: "me" } });
  const [listed] = await all(client.listFeedback({ runIds: [id], feedbackKeys: ["k"], feedbackSourceTypes: ["api"] }));
  const stats = (await client.readRun(id)).feedback_stats;
  await client.updateFeedback(given.id, { score: 0 });
  const changed = await client.readFeedback(given.id);
  await client.deleteFeedback(given.id);
  return { given: given.id, listed, stats, changed: changed.score, gone: await client.readFeedback(given.id).then(() => "there", (error) => error.name) };
};
