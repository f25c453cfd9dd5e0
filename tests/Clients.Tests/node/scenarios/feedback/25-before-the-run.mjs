// Feedback on a run that nobody has sent yet: by a call, by a part of a batch, and from an evaluator.
import { all, run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const { id: sessionId } = await client.createProject({ projectName: project });
  const called = await client.createFeedback({ runId: id, key: "called", sessionId, score: 1 });
  const queued = await client.createFeedback({ runId: id, traceId: id, key: "queued", sessionId, score: 0.5 });
  await client.logEvaluationFeedback({ evaluatorResponse: { key: "judged", score: 0.25 }, run: { ...run(id, project), session_id: sessionId }, sessionId });
  await sent(client);
  const waiting = (await all(client.listFeedback({ runIds: [id] }))).map((item) => item.key);
  await client.createRun(run(id, project));
  await sent(client);
  return { called: called.id, queued: queued.id, waiting, stats: Object.keys((await client.readRun(id)).feedback_stats) };
};
