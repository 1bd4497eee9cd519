import { idOf, type ApprovalId } from "../../model/ids.ts";
import { idsMeant, type IdsWish } from "../ids-meant.ts";
import type { Reader } from "../store.ts";

/** What a person may mean by a part of an id. */
export async function findApprovalIds(reader: Reader, wish: IdsWish): Promise<readonly ApprovalId[]> {
  return (await idsMeant(reader, "approvals", wish)).map(idOf.approval);
}
