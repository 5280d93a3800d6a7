/**
 * For mongosh: makes a replica set of one member, and the user of the service, who may read and write its own database and nothing
 * else. Run at every start; what is there is kept, and the user gets the password of today.
 */
/* global Mongo, print, sleep */
const SET = 'dewpoint';
const HOST = 'mongodb:27017';
const NOT_YET_INITIALISED = 94;
const ELECTED_WITHIN_MS = 60_000;
const { MONGODB_ROOT_PASSWORD, MONGODB_PASSWORD } = process.env;

const connection = new Mongo(
  `mongodb://root:${encodeURIComponent(MONGODB_ROOT_PASSWORD)}@${HOST}/admin?directConnection=true`,
);
const admin = connection.getDB('admin');

const isSetUp = () => {
  try {
    return admin.runCommand({ replSetGetStatus: 1 }).ok === 1;
  } catch (error) {
    if (error.code === NOT_YET_INITIALISED) return false;
    throw error;
  }
};

if (!isSetUp()) {
  admin.runCommand({ replSetInitiate: { _id: SET, members: [{ _id: 0, host: HOST }] } });
}
const giveUpAt = Date.now() + ELECTED_WITHIN_MS;
while (!admin.runCommand({ hello: 1 }).isWritablePrimary) {
  if (Date.now() > giveUpAt) throw new Error('The replica set has elected no primary.');
  sleep(250);
}

const database = connection.getDB('dewpoint');
const user = {
  pwd: MONGODB_PASSWORD,
  roles: [{ role: 'readWrite', db: 'dewpoint' }],
};
if (database.getUser('dewpoint') === null) database.createUser({ user: 'dewpoint', ...user });
else database.updateUser('dewpoint', user);
print('The replica set and the user of the service are there.');
