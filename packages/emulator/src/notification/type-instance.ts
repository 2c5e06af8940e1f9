/** `instanceData.typeInstance`: the messenger of an instance. `v3` is MAX. */
export type TypeInstance = 'whatsapp' | 'telegram' | 'v3';
