// A run tree whose client does not batch: times are numbers, create and update are calls of their own.
import { Client, RunTree } from "langsmith";

export default async (_, { id, project }) => {
  const client = new Client({ autoBatchTracing: false });
  const tree = new RunTree({ name: "tree", id, client, project_name: project, start_time: 1_790_000_000_123, inputs: { a: 1 } });
  await tree.postRun();
  await tree.end({ b: 2 }, undefined, 1_790_000_000_456);
  await tree.patchRun();
};
