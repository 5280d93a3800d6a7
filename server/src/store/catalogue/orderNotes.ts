import type { Connection } from 'mongoose';
import type { OrderNote, OrderNoteStore } from '../../ports/stores/catalogue.ts';

interface NoteDocument extends OrderNote {
  /** `${programId}:${order}` */
  readonly _id: string;
}

const idOf = (programId: string, order: number): string => `${programId}:${order}`;

/** Opens the store of notes on orders. */
export async function createOrderNoteStore(connection: Connection): Promise<OrderNoteStore> {
  const notes = connection.collection<NoteDocument>('orderNotes');
  await notes.createIndexes([{ key: { programId: 1, account: 1 } }]);
  return {
    save: async (note) => {
      const _id = idOf(note.programId, note.order);
      await notes.replaceOne({ _id }, { ...note }, { upsert: true });
    },
    remove: async (programId, order) => {
      await notes.deleteOne({ _id: idOf(programId, order) });
    },
    findMany: async (programId, orders) => {
      if (orders.length === 0) return [];
      const ids = orders.map((order) => idOf(programId, order));
      const found = await notes.find({ _id: { $in: ids } }).toArray();
      return found.map(({ _id, ...note }) => note);
    },
    eraseOf: async (programId, accounts) => {
      await notes.deleteMany({ programId, account: { $in: [...accounts] } });
    },
  };
}
