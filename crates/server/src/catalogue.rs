//! Every problem that this server answers with: status, stable code, and what to tell people, in one place.
//!
//! A code is a promise to pages and stations and is never changed; texts may be improved.

/// A problem in words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text {
    /// HTTP status.
    pub(crate) status: u16,
    /// Stable code.
    pub(crate) code: &'static str,
    /// What happened and what to do, in Chinese.
    pub(crate) zh: &'static str,
    /// What happened and what to do, in English.
    pub(crate) en: &'static str,
}

macro_rules! catalogue {
    ($($name:ident $status:literal $code:literal $zh:literal $en:literal)+) => {
        /// A problem of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(clippy::enum_variant_names, reason = "a code of a picture or a pairing is called so")]
        pub(crate) enum Code {
            $(#[doc = $en] $name,)+
        }

        impl Code {
            /// All problems.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)+];

            /// The problem in words.
            pub(crate) const fn text(self) -> Text {
                match self {
                    $(Self::$name => Text { status: $status, code: $code, zh: $zh, en: $en },)+
                }
            }
        }
    };
}

catalogue! {
    // Requests that are wrong before anything is looked up.
    BodyMalformed 400 "body.malformed"
        "请求内容无法识别" "The request's body is not what this endpoint takes"
    BodyTooLarge 413 "body.too_large"
        "内容过大，请缩小后重试" "The request's body is too large: send less"
    BodyNotJson 415 "body.not_json"
        "请以 JSON 格式提交" "Send the body as application/json"
    PathUnknown 404 "path.unknown"
        "没有这个地址" "There is nothing at this address"
    MethodUnknown 405 "method.unknown"
        "此地址不支持该请求方式" "This address does not take this method"
    QueryMalformed 400 "query.malformed"
        "查询条件无法识别" "The query is not what this endpoint takes"
    IdempotencyKeyMalformed 400 "idempotency.key"
        "Idempotency-Key 须为 1 到 200 个可见字符" "An Idempotency-Key has 1 to 200 visible characters"
    IdempotencyInHand 409 "idempotency.in_hand"
        "相同的请求正在处理，请稍候再试" "The same request is being worked on: ask again in a moment"
    IdempotencyOtherRequest 422 "idempotency.other_request"
        "此 Idempotency-Key 已用于另一请求，请换一个" "This Idempotency-Key belongs to another request: take a new one"
    TooManyRequests 429 "requests.too_many"
        "请求过于频繁，请稍候再试" "Too many requests: wait as long as Retry-After says"

    // The server's own troubles.
    Broken 500 "server.broken"
        "服务器出现故障，请稍后重试" "Something broke on the server: try again later"
    Busy 503 "server.busy"
        "服务器繁忙，请稍后重试" "The server is busy: try again in a moment"
    TimedOut 503 "server.timed_out"
        "处理超时，请重试" "The request took too long: try again"
    ChangedMeanwhile 409 "conflict.changed_meanwhile"
        "信息刚刚有变动，请刷新后重试" "Somebody else changed this meanwhile: reload and try again"

    // Who is calling.
    SessionMissing 401 "session.missing"
        "请先登录" "Sign in first"
    RoleForbidden 403 "role.forbidden"
        "当前账号无权进行此操作" "This account may not do this"
    StationUnknown 401 "station.unknown"
        "机位未配对，请重新配对" "This station is not paired: pair it again"
    PhoneMalformed 422 "phone.malformed"
        "请输入 11 位手机号" "Give a mobile phone number of 11 digits"
    PhoneTaken 409 "phone.taken"
        "该手机号已注册，请直接登录" "This phone number has an account already: sign in"
    PasswordLength 422 "password.length"
        "密码为 8 到 64 个字符" "A password has 8 to 64 characters"
    PasswordsDiffer 422 "password.differ"
        "两次输入的密码不一致" "The two passwords are not the same"
    SignInWrong 401 "sign_in.wrong"
        "账号或密码不正确" "Login or password is wrong"
    SignInLocked 429 "sign_in.locked"
        "尝试次数过多，请 15 分钟后再试" "Too many tries: wait 15 minutes"
    PasswordMissing 409 "password.missing"
        "请输入原密码" "Give the password so far"
    PasswordWrong 422 "password.wrong"
        "原密码不正确" "The password so far is wrong"
    SmsCodeTooSoon 429 "sms_code.too_soon"
        "验证码发送过于频繁：每分钟 1 条、每小时 5 条、每天 10 条，请稍后再试"
        "Too many codes: one a minute, five an hour and ten a day. Try again later"
    SmsCodeWrong 422 "sms_code.wrong"
        "验证码不正确或已过期，请重新获取" "The code is wrong, used or expired: ask for another"
    WechatNotHere 404 "wechat.not_here"
        "这里暂不支持微信登录，请用手机号登录" "WeChat is no way in here: use a phone number"
    WechatCode 422 "wechat.code"
        "微信授权已失效，请重新点击微信登录" "WeChat's code is used or expired: sign in by WeChat again"
    WechatSlip 422 "wechat.slip"
        "操作超时，请重新点击微信登录" "That took too long: sign in by WeChat again"
    WechatTaken 409 "wechat.taken"
        "该微信已绑定账号，请重新点击微信登录" "This WeChat has an account by now: sign in by WeChat again"
    WechatUnreachable 503 "wechat.unreachable"
        "暂时连不上微信，请稍后再试，或用手机号登录" "WeChat cannot be reached: try again later or use a phone number"
    SessionNotFound 404 "session.not_found"
        "没有找到该登录设备" "There is no such session"
    AccountNotFound 404 "account.not_found"
        "没有找到该账号" "There is no such account"
    AccountInUse 409 "account.in_use"
        "标准照正在审核或上网，请先撤回或等待结果" "A portrait is on its way to the registry: withdraw it, or wait for the answer"
    ParcelOnItsWay 409 "account.parcel_on_its_way"
        "加印的照片尚未收到，请先确认收货或取消" "A parcel with prints is on its way: say that you have it, or cancel it"
    GrantOwn 409 "grant.own"
        "不能撤销自己的管理员权限" "Administrators do not take away their own role"
    StaffLogin 422 "staff.login"
        "用户名为 3 到 32 个字母、数字或 . _ -，以字母开头"
        "A user name has 3 to 32 letters, digits, dots, underscores or hyphens and begins with a letter"
    StaffLoginTaken 409 "staff.login_taken"
        "该用户名已存在，请换一个" "This user name is taken: choose another"
    StaffRole 422 "staff.role"
        "此处不能创建该角色的账号" "An account of this role is not made here"

    // Campaigns, schools, rosters.
    CampaignNotFound 404 "campaign.not_found"
        "没有找到该采集批次" "There is no such campaign"
    CampaignClosed 409 "campaign.closed"
        "该采集批次已结束，请联系学校" "This campaign is closed: ask your school"
    CampaignInvalid 422 "campaign.invalid"
        "批次信息不完整：请检查名称、学历类别与策略" "The campaign is incomplete: check names, categories and policy"
    CampaignCode 422 "campaign.code"
        "特征码为 4 到 8 位字母或数字" "A campaign's code has 4 to 8 letters or digits"
    CampaignCodeTaken 409 "campaign.code_taken"
        "该特征码已被使用" "This campaign code is taken"
    SchoolNotFound 404 "school.not_found"
        "没有找到该学校" "There is no such school"
    RosterUnreadable 422 "roster.unreadable"
        "名单无法读取：请使用 Excel（XLSX）或 UTF-8、GBK 编码的 CSV，表头为 姓名、学号、身份证后四位、学历类别"
        "The roster cannot be read: send XLSX, or CSV in UTF-8 or GBK, with the headers 姓名, 学号, 身份证后四位, 学历类别"
    RosterRequestNotFound 404 "roster_request.not_found"
        "没有找到该增补申请" "There is no such request"
    RosterRequestAnswered 409 "roster_request.answered"
        "该增补申请已处理" "This request was answered already"
    RosterRequestLimit 409 "roster_request.limit"
        "待处理的增补申请过多，请等待学校答复" "Too many open requests: wait for the school's answer"
    RosterRequestNeedless 409 "roster_request.needless"
        "学校名单中已有您的信息，请直接核验" "The roster has you already: register your image code"
    StudentNumberMalformed 422 "student_number.malformed"
        "学号为 1 到 24 位字母或数字" "A student number has 1 to 24 letters or digits"
    NoteLength 422 "note.length"
        "说明不超过 300 字" "A note has 300 characters at most"
    DeclineReason 422 "decline.reason"
        "请填写 1 到 200 字的原因" "Give a reason of 1 to 200 characters"

    // Collections.
    CollectionNotFound 404 "collection.not_found"
        "没有找到该采集任务" "There is no such collection"
    CollectionLimit 409 "collection.limit"
        "采集任务数量已达上限" "This account has as many collections as it may have"
    CategoryNotOffered 422 "category.not_offered"
        "该批次不采集此学历类别" "This campaign does not collect this kind of studies"
    NameMalformed 422 "name.malformed"
        "请输入与学校名单一致的姓名" "Give the name as it is in the school's roster"
    IdLast4Malformed 422 "id_last4.malformed"
        "请输入身份证号后四位" "Give the last four characters of the ID number"
    IdLast4Locked 429 "id_last4.locked"
        "核验失败次数过多，请 30 分钟后再试" "Too many wrong tries: wait 30 minutes"
    RosterNoMatch 422 "roster.no_match"
        "姓名与身份证后四位未在学校名单中匹配到，请核对；连续 5 次失败将锁定 30 分钟"
        "Name and last four match nobody in the school's roster: check them. Five wrong tries lock for 30 minutes"
    RosterAmbiguous 409 "roster.ambiguous"
        "名单中有信息相同的同学，请联系学校处理" "The roster has two students like this: ask the school"
    RosterClaimed 409 "roster.claimed"
        "该学籍已由其他账号登记，请联系学校处理" "Another account has registered this student: ask the school"
    ImageCodeUnreadable 422 "image_code.unreadable"
        "图片中没有识别到图像采集码，请重新截图或拍清楚" "No code was found in the picture: take a clearer one"
    ImageCodeTooLong 422 "image_code.too_long"
        "图像采集码内容为空或过长" "The image code is empty or too long"
    ImageCodeTaken 409 "image_code.taken"
        "该图像采集码已被登记，请核对后重试" "This image code is registered already: check it"
    ImageCodeOther 409 "image_code.other"
        "该学籍已登记另一个图像采集码，请联系学校处理"
        "Another image code is registered for this student: ask the school"
    ConsentText 422 "consent.text"
        "授权文本已更新，请重新阅读并同意" "The consent's text is another by now: read it again"
    ConsentMissing 409 "consent.missing"
        "请先阅读并同意授权" "Read and give the consents first"

    // Studios, orders, tickets.
    StudioNotFound 404 "studio.not_found"
        "没有找到该照相馆" "There is no such studio"
    StudioInvalid 422 "studio.invalid"
        "照相馆信息不完整：请检查名称、编号、地址、电话与套餐"
        "The studio is incomplete: check name, code, address, phone and packages"
    StudioCodeTaken 409 "studio.code_taken"
        "该照相馆编号已被使用" "This studio code is taken"
    StudioNotTaking 409 "studio.not_taking"
        "该照相馆现在没有叫号的机位，请从可转往的照相馆中另选一家"
        "No station calls there now: choose another of the studios that take students"
    PackageNotFound 404 "package.not_found"
        "没有找到该套餐" "There is no such package"
    RouteNotOffered 409 "route.not_offered"
        "该批次不支持照相馆拍摄" "This campaign does not offer the studio route"
    OrderNotFound 404 "order.not_found"
        "没有找到该订单" "There is no such order"
    OrderNumber 422 "order.number"
        "请输入订单号或支付单号，至少末 6 位" "Give an order's or a payment's number, at least its last 6 characters"
    OrderDays 422 "order.days"
        "结束日期不能早于开始日期" "The last day comes after the first"
    OrderOpen 409 "order.open"
        "已有其他订单，请先支付或等待其自动关闭" "There is another order: pay it or wait until it closes"
    OrderUnpaid 409 "order.unpaid"
        "请先支付订单" "Pay the order first"
    OrderClosed 409 "order.closed"
        "订单已关闭，请重新选择套餐" "The order is closed: choose the package again"
    OrderPaid 409 "order.paid"
        "订单已支付" "The order is paid already"
    PayerNotOffered 409 "payment.payer"
        "该批次不支持此支付方式" "This campaign does not let this payer pay"
    PaymentProviderDown 502 "payment.provider_down"
        "支付服务暂时不可用，请稍后重试" "The payment provider cannot be reached: try again later"
    PaymentProviderUnknown 404 "payment.provider_unknown"
        "没有这个支付渠道" "There is no such payment provider"
    PaymentCallbackForged 403 "payment.callback_forged"
        "支付通知的签名不正确" "The call is not from the payment provider"
    PaymentNotFound 404 "payment.not_found"
        "没有找到该笔支付" "There is no such payment"
    PayLinkUnknown 404 "pay_link.unknown"
        "代付链接无效，请向好友索取新的链接" "This link leads nowhere: ask your friend for another"
    PayGroupUnknown 404 "pay_group.unknown"
        "没有找到该班级付款" "There is no such group"
    PayGroupTitle 422 "pay_group.title"
        "名称为 1 到 30 个字" "A group's title has 1 to 30 characters"
    PayGroupOther 409 "pay_group.other"
        "该班级付款属于其他采集批次" "This group is of another campaign"
    PayGroupFull 409 "pay_group.full"
        "该班级付款人数已满" "This group is full"
    RefundReason 422 "refund.reason"
        "请填写 1 到 60 字的退款原因" "Give a reason of 1 to 60 characters"
    RefundNotPaid 409 "refund.not_paid"
        "订单未支付或已退款" "The order was not paid, or is given back already"
    RefundTooMuch 409 "refund.too_much"
        "退款金额超过可退金额" "More than what is left of the order's money"
    InvoiceInvalid 422 "invoice.invalid"
        "请检查抬头、税号（15 到 20 位）与邮箱" "Check title, tax number (15 to 20 characters) and e-mail"
    InvoiceNotFound 404 "invoice.not_found"
        "尚未填写开票信息" "No invoice was asked for"
    PaymentSandboxOff 409 "payment.sandbox_off"
        "本系统未开启演示支付" "This server was not started with pretended payments"
    NotBookedHere 409 "check_in.not_booked_here"
        "您预约的不是这家照相馆" "You have booked another studio, or none"
    QueueFull 409 "queue.full"
        "今日号码已发完，请明天再来" "Today's numbers are used up: come back tomorrow"
    PortraitOnItsWay 409 "portrait.on_its_way"
        "标准照正在上传，请稍候" "Your portrait is on its way: wait a moment"
    DecideFirst 409 "portrait.decide_first"
        "请先确认标准照或申请重拍" "Confirm your portrait or ask for another first"
    AlreadySubmitted 409 "portrait.already_submitted"
        "已有提交的标准照，不能重复采集" "A portrait of this collection was submitted already"

    // The phone route.
    PhoneNotOffered 409 "phone_route.not_offered"
        "该批次不支持手机拍照" "This campaign does not offer the phone route"
    TicketOpen 409 "phone_route.ticket_open"
        "您在照相馆还有排号，请先取消" "You have a place in a studio's line: give it up first"
    RulesVersion 422 "photo_rules.version"
        "拍摄须知已更新，请重新阅读" "The photo rules are others by now: read them again"
    RulesUnread 409 "photo_rules.unread"
        "请先阅读拍摄须知" "Read the photo rules first"
    ShotOtherRoute 409 "shot.other_route"
        "请先选择手机拍照" "Choose the phone route first"
    ShotAfterPaid 409 "shot.after_paid"
        "付款后不能再用手机拍摄，请到照相馆拍摄" "After paying, another photo is taken only at a studio"
    ShotAlbumOff 409 "shot.album_off"
        "该批次须现场拍照，不能从相册选取" "This campaign takes photos from the camera only, not from the album"
    ShotInLine 409 "shot.in_line"
        "上一张照片正在处理，请稍候" "Your last shot is being worked on: wait a moment"
    ShotLimit 429 "shot.limit"
        "今天上传的照片过多，请明天再试" "Too many shots today: try again tomorrow"
    ShotLineFull 503 "shot.line_full"
        "当前排队人数过多，请稍后再上传" "Too many shots wait: try again later"
    ShotAnnouncement 400 "shot.announcement"
        "上传信息不完整：请给出照片大小与来源" "Announce the shot's length and its source, camera or album"
    ShotKind 415 "shot.kind"
        "照片请使用 JPEG、PNG、WebP 或 HEIC" "Send a JPEG, PNG, WebP or HEIC"
    ShotTooLarge 413 "shot.too_large"
        "照片不能超过 20 MB" "A shot has 20 MB at most"
    ShotNotFound 404 "shot.not_found"
        "没有找到该照片" "There is no such shot"
    ShotGone 410 "shot.gone"
        "上传已过期或取消，请重新上传" "This upload is over: begin another"
    ShotOffset 409 "shot.offset"
        "上传位置不一致，请从服务器给出的位置继续" "Another offset is expected: ask where to go on"
    ShotChecksum 460 "shot.checksum"
        "照片在传输中损坏，请重传这一段" "The piece was damaged on the way: send it again"
    ShotChecksumKind 400 "shot.checksum_kind"
        "校验方式须为 sha1 或 sha256" "A checksum is sha1 or sha256, in base64"
    ShotPiece 415 "shot.piece"
        "请以 application/offset+octet-stream 发送" "Send pieces as application/offset+octet-stream with Upload-Offset"
    PieceOffset 409 "piece.offset"
        "上传位置不一致，请从服务器给出的位置继续" "Another offset is expected: ask where to go on"
    PieceMalformed 415 "piece.malformed"
        "请以 application/offset+octet-stream 发送，并给出 Upload-Offset，首段另给 Upload-Length"
        "Send pieces as application/offset+octet-stream with Upload-Offset, the first one with Upload-Length too"
    EnvelopeTooLarge 413 "envelope.too_large"
        "密封文件过大，或超出所报长度" "The envelope is too large, or longer than was said"
    UploadLimit 429 "upload.limit"
        "未传完的标准照过多，请先传完已开始的" "Too many uploads were begun: finish those first"
    TusVersion 412 "tus.version"
        "请使用 tus 1.0.0 协议" "Speak tus 1.0.0: send Tus-Resumable"

    // Portraits.
    PortraitViolates 409 "portrait.violates"
        "照片不符合要求，不能提交，请按提示重拍" "The portrait does not meet the standard: take another as it says"
    RetakeOff 409 "portrait.retake_off"
        "付款后不能重拍，如需重拍请到照相馆" "After paying, another photo is taken only at a studio"
    PortraitNotFound 404 "portrait.not_found"
        "没有找到该标准照" "There is no such portrait"
    PortraitNotNow 409 "portrait.not_now"
        "标准照当前状态不能进行此操作" "The portrait is not in a state for this"
    EnvelopeMalformed 422 "envelope.malformed"
        "不是有效的封存文件，或在传输中损坏" "Not a sealed portrait, or damaged on the way"
    EnvelopeForged 403 "envelope.forged"
        "封存文件的签名不属于本机位" "The sealed portrait is not signed by this station"
    EnvelopeMismatch 422 "envelope.mismatch"
        "封存文件与排号、批次或规格不符" "The sealed portrait does not fit its ticket, campaign or spec"
    EnvelopeDoesNotOpen 422 "envelope.does_not_open"
        "封存文件无法由本批次开启，或内容与文件头不符"
        "The sealed portrait does not open with this campaign's key, or holds something else than it says"
    EnvelopeOther 409 "envelope.other"
        "该标准照已上传过，内容不同" "Another sealed portrait was stored under this id"

    // Prints.
    PrintsNotOffered 409 "prints.not_offered"
        "该批次不提供此加印服务" "This campaign does not offer these prints"
    PrintsTooEarly 409 "prints.too_early"
        "请在提交标准照后再加印" "Give a portrait in first, then order prints"
    PrintSheets 422 "prints.sheets"
        "每单为 1 到 20 份" "An order has 1 to 20 sheets"
    PrintOrderLimit 409 "prints.limit"
        "进行中的加印订单过多，请先完成或取消" "Too many print orders under way: finish or cancel one first"
    PrintsNotNow 409 "prints.not_now"
        "加印订单当前状态不能进行此操作" "The print order is not in a state for this"
    RecipientInvalid 422 "prints.recipient"
        "请填写收件人姓名（40 字以内）与 5 到 120 字的地址" "Give a name of at most 40 characters and an address of 5 to 120"
    ParcelInvalid 422 "prints.parcel"
        "请填写快递公司与 6 到 40 位的快递单号" "Give the courier and the parcel's number of 6 to 40 characters"

    // Running the server.
    JobNotFound 404 "job.not_found"
        "没有找到该任务，可能已处理" "There is no such job: it may have been done meanwhile"

    RetentionDays 422 "retention.days"
        "保存天数超出该类信息允许的范围" "These days are outside the limits of this kind"

    // Stations.
    PairingCodeWrong 404 "pairing.code"
        "配对码不正确或已过期，请重新生成" "The pairing code is wrong, used or expired: make another"
    PairingLocked 429 "pairing.locked"
        "尝试次数过多，请 15 分钟后再试" "Too many tries: wait 15 minutes"
    VerifyingKey 422 "pairing.verifying_key"
        "机位公钥无法识别" "The station's verifying key is not understood"
    StatisticDays 422 "statistics.days"
        "一次最多统计 120 天，请缩短日期范围" "At most 120 days are counted at once: choose fewer"
    StationName 422 "station.name"
        "机位名称为 1 到 20 个字" "A station's name has 1 to 20 characters"
    StationPaused 409 "station.paused"
        "本机位已暂停叫号，请先恢复" "This station rests: let it go on first"
    StationNotFound 404 "station.not_found"
        "没有找到该机位" "There is no such station"
    StudioPlace 422 "studio.place"
        "请检查营业时间与经纬度" "Check opening hours and coordinates"
    TicketNotFound 404 "ticket.not_found"
        "没有找到该排号" "There is no such ticket"
    TicketOtherDay 409 "ticket.other_day"
        "该排号不是今天的" "This ticket is of another day"
    TicketNotNow 409 "ticket.not_now"
        "该排号当前状态不能进行此操作" "The ticket is not in a state for this, or at another station"
    TicketAlreadyArrived 409 "ticket.already_arrived"
        "该同学已拍摄" "This student was photographed already"

    // Support.
    ConversationNotFound 404 "conversation.not_found"
        "没有找到该会话" "There is no such conversation"
    StudentNotFound 404 "student.not_found"
        "没有使用该手机号的学生" "No student has this phone number"
    StudentSearchLocked 429 "student.search_locked"
        "未找到的次数过多，请 15 分钟后再试" "Too many numbers that nobody has: wait 15 minutes"
    LineLength 422 "conversation.line"
        "内容为 1 到 1000 字" "A line has 1 to 1,000 characters"
    AttachmentKind 422 "attachment.kind"
        "附件请使用 JPEG、PNG 或 PDF" "Attach a JPEG, a PNG or a PDF"
    AttachmentNotFound 404 "attachment.not_found"
        "没有找到该附件" "There is no such attachment"

    // Review and hand-over.
    ReviewNotYours 409 "review.not_yours"
        "该标准照已不在您的审核任务中，请领取下一张" "This portrait is not yours to decide any more: take the next one"
    ReasonsMissing 422 "review.reasons"
        "请至少选择一条不通过原因" "Give at least one reason"
    AnswersUnreadable 422 "answers.unreadable"
        "清单无法读取：请使用 CSV 或 XLSX，表头为 文件、结果、原因"
        "The list cannot be read: send CSV or XLSX with columns for file, result and reason"
    ReviewNote 422 "review.note"
        "说明不超过 200 字" "A note has 200 characters at most"
    WithdrawOff 409 "portrait.withdraw_off"
        "该批次审核中不能自行撤回，请联系客服" "This campaign does not let students withdraw in review: ask support"
    BundleGone 409 "bundle.gone"
        "该上网包的部分标准照已到期删除，无法重新生成" "Portraits of this bundle were deleted in time: it cannot be made anew"
    BundleHandedOver 409 "bundle.handed_over"
        "该上网包已交付" "This bundle was handed over already"
    RegistryDown 502 "registry.down"
        "学信网接口暂时不可用，请稍后重试" "The registry did not take this: try again later"
    AnswersNotYet 409 "answers.not_yet"
        "学信网尚未给出结果" "The registry has not answered yet"
    FileNamingInvalid 422 "file_naming.invalid"
        "命名规则由文字、数字、- _ 与 {place} {code} {category} {date} {sha256} {student_number} 组成，且至少含 {place}、{sha256}、{student_number} 之一"
        "A rule has letters, digits, - _ and `{place}` `{code}` `{category}` `{date}` `{sha256}` `{student_number}`, with `{place}`, `{sha256}` or `{student_number}` among them"
    BundleNotFound 404 "bundle.not_found"
        "没有找到该上网包" "There is no such bundle"
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_is_there_once_and_speaks_both_languages_calmly() {
        let mut seen = HashSet::new();
        for problem in Code::ALL {
            let text = problem.text();
            assert!(seen.insert(text.code), "{} is there twice", text.code);
            assert!((400..600).contains(&text.status), "{}", text.code);
            assert!(text.zh.chars().any(|c| c >= '\u{4e00}'), "{} has no Chinese", text.code);
            assert!(text.en.is_ascii() || text.code == "roster.unreadable", "{} has no English", text.code);
            assert!(!text.zh.contains(['!', '！']) && !text.en.contains('!'), "{}", text.code);
        }
    }
}
