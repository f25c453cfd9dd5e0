// Feedback on a whole project shows in its statistics.
export default async (client, { project }) => {
  const { id } = await client.createProject({ projectName: project });
  await client.createFeedback(null, "release", { projectId: id, score: 0.8 });
  return (await client.readProject({ projectId: id, includeStats: true })).session_feedback_stats;
};
