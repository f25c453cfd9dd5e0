// What a key of feedback may hold: made twice, changed, listed, deleted.
import { all } from "../../list.mjs";

export default async (client, { project: feedbackKey }) => {
  const feedbackConfig = { type: "categorical", categories: [{ value: 1, label: "good" }, { value: 0, label: "bad" }] };
  const made = await client.createFeedbackConfig({ feedbackKey, feedbackConfig });
  const again = await client.createFeedbackConfig({ feedbackKey, feedbackConfig });
  const updated = await client.updateFeedbackConfig(feedbackKey, { isLowerScoreBetter: true });
  const listed = await all(client.listFeedbackConfigs({ feedbackKeys: [feedbackKey] }));
  await client.deleteFeedbackConfig(feedbackKey);
  const left = await all(client.listFeedbackConfigs({ feedbackKeys: [feedbackKey] }));
  return { made, again: again.feedback_key, updated, listed: listed.length, left: left.length };
};
