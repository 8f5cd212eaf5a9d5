interface Words {
  zh: string;
  en: string;
}

/** What a method and route mean to people. */
const ACTIONS: Readonly<Record<string, Words>> = {
  "POST /api/sign-in": { zh: "登录", en: "Signed in" },
  "POST /api/sign-out": { zh: "退出登录", en: "Signed out" },
  "POST /api/review/next": { zh: "领取待审标准照", en: "Claimed a portrait" },
  "POST /api/review/portraits/{id}": { zh: "审核标准照", en: "Decided on a portrait" },
  "POST /api/admin/campaigns": { zh: "新开采集批次", en: "Opened a campaign" },
  "POST /api/admin/campaigns/{id}/roster": { zh: "导入名单", en: "Imported a roster" },
  "POST /api/admin/campaigns/{id}/hand-over": { zh: "打上网包", en: "Made a bundle" },
  "POST /api/admin/bundles/{id}/answers": { zh: "导入学信网结果", en: "Imported the registry's answers" },
  "POST /api/admin/campaigns/{id}/close": { zh: "结束采集批次", en: "Closed a campaign" },
  "POST /api/admin/campaigns/{id}/file-naming": { zh: "设定文件命名", en: "Set a campaign's file names" },
  "POST /api/admin/bundles/{id}/deliver": { zh: "交出上网包", en: "Handed a bundle over" },
  "POST /api/admin/bundles/{id}/fetch-answers": { zh: "取学信网结果", en: "Fetched the registry's answers" },
  "POST /api/admin/bundles/{id}/remake": { zh: "重做上网包", en: "Made a bundle anew" },
  "POST /api/admin/print-orders/{id}/print": { zh: "开始冲印", en: "Began to print" },
  "POST /api/admin/print-orders/{id}/send": { zh: "寄出加印", en: "Sent prints" },
  "POST /api/admin/retention": { zh: "设定保存期限", en: "Set how long a kind is kept" },
  "POST /api/admin/studios": { zh: "新开照相馆", en: "Opened a studio" },
  "POST /api/admin/studios/{id}/stations": { zh: "生成配对码", en: "Made a pairing code" },
  "POST /api/office/studios/{id}/place": { zh: "修改照相馆位置", en: "Placed a studio" },
  "POST /api/admin/staff": { zh: "新开账号", en: "Made an account" },
  "POST /api/admin/schools/{id}/staff": { zh: "新开学校账号", en: "Made a clerk's account" },
  "POST /api/admin/studios/{id}/staff": { zh: "新开照相馆账号", en: "Made an operator's account" },
  "POST /api/admin/accounts/{id}/grants": { zh: "加上权限", en: "Gave a grant" },
  "POST /api/admin/accounts/{id}/grants/revoke": { zh: "收回权限", en: "Took a grant away" },
  "POST /api/office/orders/search": { zh: "按学生查找订单", en: "Looked for a student's orders" },
  "POST /api/support/students": { zh: "按手机号查找学生", en: "Looked for a student" },
  "POST /api/office/orders/{id}/counter-payment": { zh: "前台收款", en: "Took money at the counter" },
  "POST /api/office/orders/{id}/refunds": { zh: "退款", en: "Gave money back" },
  "POST /api/office/portraits/{id}/withdraw": { zh: "撤回标准照", en: "Withdrew a portrait" },
  "POST /api/office/conversations/{id}": { zh: "回复学生", en: "Answered a student" },
  "POST /api/school/roster-requests/{id}/accept": { zh: "接受增补申请", en: "Accepted a request" },
  "POST /api/school/roster-requests/{id}/decline": { zh: "不接受增补申请", en: "Declined a request" },
  "POST /api/admin/jobs/{id}/retry": { zh: "重试任务", en: "Tried a job again" },
  "POST /api/account/password": { zh: "修改密码", en: "Changed a password" },
  "PUT /api/station/portraits/{id}": { zh: "机位上传标准照", en: "A station sent a portrait" },
  "PATCH /api/station/portraits/{id}": { zh: "机位分段上传标准照", en: "A station sent a piece of a portrait" },
  "POST /api/station/queue/next": { zh: "叫下一位", en: "Called the next number" },
  "POST /api/station/tickets/{id}/call": { zh: "叫号", en: "Called a number" },
  "POST /api/station/tickets/{id}/arrive": { zh: "学生到机位", en: "A student came to a station" },
  "POST /api/station/tickets/{id}/serve": { zh: "拍摄完成", en: "A student's portrait was sealed" },
  "POST /api/station/tickets/{id}/skip": { zh: "过号", en: "Passed a number over" },
  "POST /api/station/tickets/{id}/come-back": { zh: "过号排回", en: "Put a number back in line" },
  "POST /api/station/tickets/{id}/priority": { zh: "改优先", en: "Changed who goes first" },
  "POST /api/station/tickets/{id}/transfer": { zh: "转机位", en: "Handed over to another station" },
  "POST /api/station/tickets/{id}/studio-transfer": { zh: "转到另一家照相馆", en: "Sent to another studio" },
  "POST /api/station/pause": { zh: "暂停叫号", en: "A station rests" },
  "POST /api/station/resume": { zh: "恢复叫号", en: "A station goes on" },
  "POST /api/stations/pair": { zh: "机位配对", en: "Paired a station" },
  "POST /api/portraits/{id}/confirm": { zh: "学生确认标准照", en: "A student said yes" },
  "POST /api/portraits/{id}/object": { zh: "学生申请重拍", en: "A student asked for a retake" },
  "POST /api/studios/{code}/check-in": { zh: "学生取号", en: "A student took a number" },
};

/** The action in words; as the server writes it where this page has none. */
export function actionWords(action: string): Words {
  return ACTIONS[action] ?? { zh: action, en: action };
}
