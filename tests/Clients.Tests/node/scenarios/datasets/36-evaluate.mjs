// An experiment over a dataset with files, a second one, and the two compared.
import { evaluate } from "langsmith/evaluation";
import { all } from "../../list.mjs";

const evaluators = [
  ({ outputs, referenceOutputs }) => ({ key: "right", score: outputs.text === referenceOutputs.text }),
  ({ attachments }) => ({ key: "files", score: Object.keys(attachments ?? {}).length }),
];

export default async (client, { project }) => {
  const dataset = await client.createDataset(project);
  await client.createExamples(["one", "two"].map((word) => ({
    dataset_id: dataset.id, inputs: { word }, outputs: { text: `${word}:note of ${word}` },
    attachments: { note: { mimeType: "text/plain", data: new TextEncoder().encode(`note of ${word}`) } },
  })));
  const read = async ({ word }, config) => ({ text: `${word}:${await (await fetch(config.attachments.note.presigned_url)).text()}` });
  const summaryEvaluators = [({ runs }) => ({ key: "runs", score: runs.length })];
  const first = await evaluate(read, { data: project, evaluators, summaryEvaluators, client, includeAttachments: true, numRepetitions: 2, experimentPrefix: "first", metadata: { model: "m" } });
  const second = await evaluate(async () => ({ text: "wrong" }), { data: project, evaluators: [evaluators[0]], client, experimentPrefix: "second", maxConcurrency: 2 });
  const compared = await evaluate([first.experimentName, second.experimentName], {
    client, evaluators: [({ runs }) => ({ key: "preferred", scores: Object.fromEntries(runs.map((run, index) => [run.id, 1 - index])) })],
  });
  await client.awaitPendingTraceBatches();
  const projects = await all(client.listProjects({ referenceDatasetId: dataset.id, includeStats: true }));
  const runs = await all(client.listRuns({ projectName: first.experimentName, isRoot: true }));
  const examples = await all(client.listExamples({ datasetId: dataset.id }));
  return {
    dataset: dataset.id, first: first.experimentName, second: second.experimentName, rows: first.results.length, scores: first.results.map((row) => row.evaluationResults.results.map((result) => [result.key, result.score])),
    projects: projects.map(({ id, name, run_count, feedback_stats, session_feedback_stats, reference_dataset_id, end_time, extra }) => ({ id, name, run_count, feedback_stats, session_feedback_stats, reference_dataset_id, end_time, extra })),
    runs: runs.map((run) => [run.reference_example_id, run.outputs.text]), examples: examples.map((example) => example.id),
    compared: { id: compared.comparativeExperiment.id, rows: compared.results.length, url: compared.url },
  };
};
