// A root under the caller's id with a child and a grandchild.
import { getCurrentRunTree, traceable } from "langsmith/traceable";

export default async (client, { id, project }) => {
  const ids = {};
  const common = { client, project_name: project };
  const tool = traceable(async (word) => {
    ids.tool = getCurrentRunTree().id;
    return word.toUpperCase();
  }, { ...common, name: "tool", run_type: "tool" });
  const model = traceable(async (word) => {
    ids.model = getCurrentRunTree().id;
    return { text: await tool(word) };
  }, { ...common, name: "model", run_type: "llm", metadata: { ls_provider: "test" } });
  const root = traceable(async (input) => model(input.question), { ...common, name: "root", id, tags: ["nightly"] });
  const output = await root({ question: "why" });
  return { ids, output };
};
