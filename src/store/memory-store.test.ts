import { openMemoryStore } from "./memory-store.ts";
import { storeContract } from "./store.contract.ts";

storeContract("memory", async () => {
  const store = openMemoryStore();
  return { store, reopen: async () => store };
});
