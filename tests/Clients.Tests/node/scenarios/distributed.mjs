// Goes on with a trace that came by headers, and hands it on.
import { RunTree } from "langsmith";
import { getCurrentRunTree, traceable, withRunTree } from "langsmith/traceable";

export default async (client, { headers }) => {
  const parent = RunTree.fromHeaders(headers, { client });
  const again = parent.toHeaders();
  const middle = traceable(async () => getCurrentRunTree().toHeaders(), { client, name: "middle" });
  const onward = await withRunTree(parent, () => middle());
  return { again, onward };
};
