// A link with which anybody gives feedback, without key or header.
import { all, run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  await client.createRun(run(id, project));
  await sent(client);
  const token = await client.createPresignedFeedbackToken(id, "k", { expiration: { hours: 1 } });
  const tokens = await all(client.listPresignedFeedbackTokens(id));
  const statuses = [(await fetch(`${token.url}?score=1`)).status];
  statuses.push((await fetch(token.url, { method: "POST", headers: { "content-type": "application/json" }, body: '{"score":0}' })).status);
  const expired = await client.createPresignedFeedbackToken(id, "late", { expiration: "2020-01-01T00:00:00Z" });
  statuses.push((await fetch(`${expired.url}?score=1`)).status);
  return { tokens: tokens.map((each) => each.url === token.url || each.id === token.id), statuses, scores: (await all(client.listFeedback({ runIds: [id] }))).map((item) => item.score) };
};
