// The levers of the simulator, for tests in the same process; over HTTP they are the same.
import { snapshotNames } from './catalogue/snapshots.ts';
import type { SnapshotName } from './catalogue/snapshots.ts';
import type { Fault, FaultOrder, FaultPlan } from './faults.ts';
import type { SwitchBoard, Switches } from './switches.ts';

export type Control = {
  readonly switches: Switches;
  readonly faults: { plan: Fault[]; mix: Fault[] };
  readonly snapshot: SnapshotName;
  /** Changes some switches from the next request on. Throws a zod error on an unknown name or value. */
  setSwitches: (patch: Partial<Switches>) => void;
  /** Appends to the ordered plan: the first fault that concerns a call hits it, once unless `times` says more. */
  planFaults: (...orders: FaultOrder[]) => void;
  /** Adds to the standing mix, which is asked when the plan has nothing for a call. */
  mixFaults: (...orders: FaultOrder[]) => void;
  clearFaults: () => void;
  /** Puts another moment of the catalogue in force. */
  useSnapshot: (name: SnapshotName) => void;
};

export const createControl = (board: SwitchBoard, faults: FaultPlan): Control => {
  let snapshot: SnapshotName = snapshotNames[0];
  return {
    get switches() {
      return board.read();
    },
    get faults() {
      return faults.read();
    },
    get snapshot() {
      return snapshot;
    },
    setSwitches: board.change,
    planFaults: faults.plan,
    mixFaults: faults.mix,
    clearFaults: faults.clear,
    useSnapshot: (name) => {
      snapshot = name;
    },
  };
};
