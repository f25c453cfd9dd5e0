// A traced generator of a model's tokens.
import { traceable } from "langsmith/traceable";

export default async (client, { id, project }) => {
  const stream = traceable(async function* (count) {
    for (let index = 0; index < count; index++) {
      yield `token ${index}`;
    }
  }, { client, project_name: project, name: "stream", run_type: "llm", id });
  const tokens = [];
  for await (const token of stream(3)) {
    tokens.push(token);
  }
  return { tokens };
};
