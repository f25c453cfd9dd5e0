// The generated client's own operations: runs and traces of the second version.
import { uuid7 } from "langsmith";
import { all, run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const root = run(id, project, { name: "root" });
  const child = run(uuid7(), project, { name: "child", parent: root, run_type: "llm" });
  await client.createRun(root);
  await client.createRun(child);
  await sent(client);
  const { id: project_id } = await client.readProject({ projectName: project });
  const start_time = new Date(root.start_time).toISOString();
  const listed = await all(client.runs.query({ project_ids: [project_id], selects: ["ID", "NAME", "RUN_TYPE"], page_size: 1 }));
  const read = await client.runs.retrieve(id, { project_id, start_time, selects: ["NAME", "STATUS", "INPUTS"] });
  const url = await client.runs.getURL(id, { project_id, start_time, trace_id: id });
  const traces = await all(client.traces.query({ project_id }));
  const tree = await client.traces.listRuns(id, { project_id, selects: ["NAME"] });
  const streamed = await all(client.runs.streaming.queryV2Items({ project_ids: [project_id], selects: ["NAME"], page_size: 1 }));
  return { streamed, listed, read, url, traces: traces.map((trace) => trace.root_run.id), tree, child: child.id };
};
