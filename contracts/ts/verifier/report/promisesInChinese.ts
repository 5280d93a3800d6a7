import type { CheckId, PromiseGroup } from './promises.ts';

/** The groups of promises in Chinese. */
export const GROUPS_IN_CHINESE: Readonly<Record<PromiseGroup, string>> = {
  source: '代码来源',
  history: '历史记录',
  points: '积分',
  terms: '条款变更',
  buyback: '回购',
  catalogue: '兑换',
  escrow: '托管',
};

/** What one promise is called in Chinese, and what it says. */
interface PromiseInChinese {
  readonly name: string;
  readonly promise: string;
}

/** Every promise in Chinese, for pages. Reports, whose bytes are compared, stay in English. */
export const PROMISES_IN_CHINESE: Readonly<Record<CheckId, PromiseInChinese>> = {
  code: {
    name: '代码',
    promise: '四个合约都是由工厂一次创建的最小代理，指向本源码编译出的合约',
  },
  settings: { name: '设置', promise: '每项设置都在工厂规定的范围内，四个合约互相指认' },
  logs: {
    name: '日志',
    promise: '日志从创建开始，顺序完整，且全部是这四个合约的事件',
  },
  rules: {
    name: '规则',
    promise: '规则集只增不改，只对将来的周期生效，规则不重名，合约按它计算',
  },
  recorders: {
    name: '记录密钥',
    promise: '更换记录密钥从下一周期起生效，旧密钥只对任内周期有效，吊销的密钥不再启用',
  },
  operators: { name: '运营方', promise: '运营方身份分两步移交，且只移交给受邀的地址' },
  anchors: {
    name: '行为日志',
    promise: '每个周期的行为日志在下一周期锚定一次，此后从未替换',
  },
  statements: {
    name: '对账单',
    promise: '只结算了期限之内、规则已定义、属于会员的对账单',
  },
  points: { name: '得分', promise: '每份对账单的得分都等于公式按当期规则算出的结果' },
  mints: {
    name: '发放',
    promise: '每次发放恰好对应同批中的一份对账单，应得的每份都已发放',
  },
  budgets: {
    name: '预算',
    promise: '没有任何周期超预算发放，也没有扣住预算内应发的积分',
  },
  backed: {
    name: '备付',
    promise: '项目若设有备付要求，则没有发放过闲置资金买不回的积分',
  },
  skips: { name: '略过', promise: '被略过的对账单都确有必须略过的原因' },
  moves: {
    name: '转移',
    promise: '积分只按项目允许的方式转移，账户迁移时余额整体迁移',
  },
  balances: { name: '余额', promise: '每个余额都等于其转账之和，合约所述与此一致' },
  openEpochs: {
    name: '未关周期',
    promise: '合约记录的每位会员在未关周期的发放量与日志一致',
  },
  supply: { name: '总量', promise: '总量等于已结算减去已销毁，也等于所有余额之和' },
  terms: {
    name: '回购条款',
    promise: '回购条款只增不改，在规定范围内，且只对尚未开放的轮次生效',
  },
  announced: {
    name: '宣布',
    promise: '没有未经宣布就生效的条款：每个版本都是按宣布原文执行的变更',
  },
  impact: {
    name: '影响',
    promise: '每次变更都与最新版本逐项比较，判定会让谁吃亏',
  },
  improvements: {
    name: '改善',
    promise: '条款每次只改善一步；只有钱已到位，才能承诺更多',
  },
  notice: {
    name: '公示期',
    promise: '没有任何不利变更在公示期结束之前、或失效之后执行',
  },
  lastRounds: {
    name: '末轮',
    promise: '每次对持有人不利的变更都等到公示期后的一轮，且该轮从开放到关闭预算全部到位',
  },
  objections: {
    name: '异议',
    promise: '异议积分锁定至公示期结束，合计无误；不计新增积分，达到门槛的变更即被否决',
  },
  oneAtATime: {
    name: '一次一项',
    promise: '同一时间只有一项不利变更；失败后须冷却，连续被否决则冷却更久',
  },
  rounds: {
    name: '轮次',
    promise: '每轮按时钟运行；结果由条款、提交量和关闭时的资金决定',
  },
  shares: { name: '份额', promise: '每轮每位持有人的成交比例相同，钱和积分都只领一次' },
  reserve: {
    name: '储备',
    promise: '储备等于收入减支出，从不低于应付，且代币确实在账',
  },
  prices: {
    name: '价格',
    promise: '未经公示，价格没有上涨，商品没有下架；库存只因订单减少',
  },
  orders: {
    name: '订单',
    promise: '每个订单只有一个结局：期限前交付，或退回积分；全部计数在案',
  },
  escrows: {
    name: '托管',
    promise: '积分按事件所载的人进出托管，应退的积分都在',
  },
  burned: {
    name: '销毁',
    promise: '回购或兑换的积分全部销毁，一分不差；其他托管积分没有被销毁',
  },
};
