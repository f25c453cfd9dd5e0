// A traced function that throws.
import { traceable } from "langsmith/traceable";

export default async (client, { id, project }) => {
  const failing = traceable(async () => {
    throw new Error("boom in JavaScript");
  }, { client, project_name: project, name: "failing", id });
  try {
    await failing();
  } catch (error) {
    return { message: error.message };
  }
};
