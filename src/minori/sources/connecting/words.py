"""What columns and files are called elsewhere, in English and Japanese, by fact table."""

from functools import cache

from minori.schema.facts import FACTS
from minori.sources.connecting.spelling import spelled

_SHARED = {
    "customer_id": """customer_id cust_id customer_no customer_number customer_code account_id account_no
        account_number account_code company_id client_id tenant_id organization_id organisation_id org_id
        household_id member_id subscriber_id buyer_id workspace_id 顧客ID 顧客番号 顧客コード 顧客No
        会社ID 会社コード 企業ID 企業コード 取引先ID 取引先コード 契約者ID 契約者番号 会員ID 会員番号
        会員コード お客様番号 お客様ID 得意先コード 得意先ID テナントID アカウントID 購入者ID""",
    "user_id": """user_id contact_id person_id employee_id login_id ユーザーID ユーザID 利用者ID
        利用者番号 社員番号 ログインID""",
    "currency": "currency currency_code iso_currency 通貨 通貨コード",
}
_WORDS: dict[str, dict[str, str]] = {
    "customers": {
        "name": """name customer_name account_name company_name company customer organization_name
            client_name client 会社名 顧客名 企業名 取引先名 得意先名 法人名 会員名 氏名 お名前 契約者名
            団体名""",
        "kind": "kind customer_type customer_kind 顧客区分 法人個人区分",
        "industry": "industry sector vertical 業種 業界",
        "employees": "employees employee_count number_of_employees headcount 従業員数 社員数",
        "region": "region country state prefecture area 地域 国 都道府県 エリア 所在地",
        "owner": "owner csm csm_name account_manager 担当 担当者 CS担当 CS担当者 CSM",
        "sales_owner": "sales_owner sales_rep salesperson sales_person account_executive 営業担当 営業担当者",
        "email": "email mail email_address e_mail mail_address メール メールアドレス Eメール",
        "language": "language locale 言語",
        "time_zone": "time_zone timezone タイムゾーン",
        "started_on": """started_on signup_date sign_up_date signed_up_at created_at registered_at
            registered_on registration_date customer_since joined_on join_date joined_at created
            created_date registration 登録日 登録日時 入会日 入会日時 利用開始日 取引開始日 会員登録日
            申込日 契約開始日""",
        "invited_by": "invited_by referrer_id referred_by inviter_id 紹介者 紹介者ID",
    },
    "users": {
        "name": "name user_name full_name contact_name 氏名 名前 ユーザー名 ユーザ名 利用者名",
        "email": "email mail email_address e_mail メール メールアドレス Eメール",
        "department": "department dept division team 部署 部門 所属 所属部署",
        "role": "role job_title title position 役割 役職 権限",
        "active": "active is_active enabled 有効 在籍 利用中",
        "created_on": """created_on created_at created_date signup_date registered_at joined_at
            invited_at 登録日 登録日時 作成日 作成日時 招待日""",
    },
    "contracts": {
        "contract_id": """contract_id subscription_id sub_id agreement_id contract_no contract_number
            契約ID 契約番号 契約No 契約コード サブスクリプションID""",
        "product_id": """product_id product product_name service 製品ID 製品 製品名 商品ID 商品 商品名
            サービス サービス名""",
        "plan_id": """plan_id plan plan_name plan_tier plan_code tier edition package プラン プラン名
            プランID 契約プラン 料金プラン コース コース名""",
        "quantity": """quantity seats seat_count licenses licences license_count user_count units
            アカウント数 ライセンス数 契約数 契約アカウント数 数量 席数 ID数 ユーザー数 利用人数""",
        "mrr": """mrr mrr_amount monthly_amount monthly_fee monthly_price monthly_charge monthly_charges
            monthly_revenue 月額 月額料金 月額金額 月額費用 月額利用料""",
        "starts_on": """starts_on start_date started_at started_on start contract_start valid_from
            begin_date effective_date 契約開始日 開始日 利用開始日 適用開始日 契約日""",
        "ends_on": """ends_on end_date ended_at ended_on contract_end valid_to expiry_date expires_on
            expires_at cancelled_at canceled_at cancelled_on churn_date churned_at 契約終了日 終了日
            利用終了日 満了日 解約日""",
        "renews_on": "renews_on renewal_date next_renewal next_renewal_date 更新日 次回更新日 契約更新日",
        "is_trial": "is_trial trial トライアル 試用 お試し",
        "trial_ends_on": "trial_ends_on trial_end trial_end_date トライアル終了日",
        "term_months": """term_months contract_term_months contract_term billing_frequency billing_cycle
            billing_period billing_interval 契約月数 契約期間 支払周期 支払サイクル""",
    },
    "events": {
        "event_id": "event_id usage_id log_id message_id activity_id イベントID ログID 利用ID 利用ログID",
        "name": """name event event_name action feature feature_name activity event_type page イベント
            イベント名 機能 機能名 操作 操作名 画面 画面名 アクション""",
        "occurred_at": """occurred_at timestamp ts event_time event_at datetime used_at usage_date
            event_date logged_at time date created_at 日時 利用日時 発生日時 操作日時 利用日 日付
            記録日時""",
        "quantity": "quantity count usage_count times 回数 利用回数 操作回数 件数",
        "properties": "properties props payload attributes プロパティ",
    },
    "gauges": {
        "name": "name metric metric_name gauge 指標 項目 指標名 項目名",
        "observed_at": """observed_at measured_at snapshot_at snapshot_date timestamp date 計測日
            計測日時 日付 日時""",
        "value": "value level amount 値 使用量 利用量",
    },
    "tickets": {
        "ticket_id": """ticket_id case_id case_number inquiry_id issue_id ticket_number ticket_no
            request_id 問い合わせID 問合せID 問い合わせ番号 問合せ番号 お問い合わせ番号 チケットID
            チケット番号 受付番号""",
        "topic": "topic category product_area kind カテゴリ カテゴリー 分類 種別 問い合わせ種別 問合せ種別",
        "severity": "severity priority urgency 優先度 重要度 緊急度",
        "subject": "subject title summary description 件名 タイトル 内容 問い合わせ内容 問合せ内容",
        "opened_at": """opened_at submitted_at created_at opened received_at created_date open_date
            reported_at 受付日時 受付日 起票日 起票日時 作成日 作成日時 問い合わせ日 問い合わせ日時
            問合せ日 登録日時""",
        "closed_at": """closed_at resolved_at solved_at completed_at closed close_date 完了日 完了日時
            解決日 解決日時 クローズ日 クローズ日時 対応完了日""",
    },
    "surveys": {
        "survey_id": "survey_id response_id answer_id 回答ID 回答番号",
        "kind": "kind survey_type survey survey_kind 調査種別 アンケート種別 種別",
        "score": """score nps nps_score csat csat_score rating satisfaction satisfaction_score 点数
            スコア 評価 満足度 推奨度 NPSスコア""",
        "comment": "comment comments feedback verbatim free_text reason コメント ご意見 自由記述 感想 理由",
        "answered_at": """answered_at responded_at response_date survey_date submitted_at answered_on
            created_at date 回答日 回答日時""",
    },
    "orders": {
        "order_id": """order_id order_no order_number invoice_no invoice_id invoice_number basket_id
            transaction_id receipt_id purchase_id 注文番号 注文ID 受注番号 受注ID 伝票番号 オーダーID
            取引ID 購入ID""",
        "ordered_at": """ordered_at order_date ordered_on invoice_date purchase_date purchased_at
            transaction_date transaction_timestamp sold_at date created_at 注文日 注文日時 受注日
            受注日時 購入日 購入日時 売上日 取引日""",
        "amount": """amount total total_amount sales sales_value revenue grand_total net_amount
            order_total 金額 合計 合計金額 売上 売上金額 注文金額 購入金額 請求金額 税込金額 税込合計""",
        "coupon": "coupon coupon_code promo_code discount_code クーポン クーポンコード",
        "channel": "channel sales_channel order_channel チャネル 販売チャネル 購入経路 注文経路",
    },
    "order_lines": {
        "line_id": "line_id row_id line_no line_number order_line_id 明細番号 明細ID 行番号 明細No",
        "product_id": """product_id stock_code sku item_id product_code product item item_code jan
            商品コード 商品ID 商品番号 品番 SKU 商品 商品名 JANコード""",
        "quantity": "quantity qty units 数量 個数 点数",
        "amount": "amount line_total sales sales_value revenue 金額 小計 売上 売上金額 明細金額",
    },
    "interactions": {
        "interaction_id": """interaction_id contact_history_id call_id meeting_id activity_id 接触ID
            活動ID 対応ID""",
        "channel": "channel method medium contact_type チャネル 手段 連絡手段 接触方法 対応方法",
        "direction": "direction 方向",
        "about": "about purpose reason 目的 用件",
        "by": "by rep staff agent handled_by 対応者 担当者 担当",
        "occurred_at": """occurred_at contacted_at contact_date call_date called_at meeting_date met_at
            date 接触日 接触日時 連絡日 訪問日 対応日 対応日時 商談日 活動日""",
        "words": "words notes note memo transcript summary 内容 メモ 議事録 備考 活動内容",
    },
    "statements": {
        "statement_id": """statement_id request_id churn_event_id churn_id cancellation_id cancel_id
            要望ID 要望番号 解約ID 解約番号""",
        "kind": "kind statement_type 発言種別 種別",
        "words": """words request feedback_text feedback goal comment reason_text reason_code reason 要望
            ご要望 要望内容 目標 解約理由 内容""",
        "feature": "feature feature_name 機能 機能名",
        "said_at": """said_at churn_date churned_at cancelled_at canceled_at cancel_date requested_at
            recorded_at date 解約日 解約日時 要望日 記録日 記録日時""",
        "recorded_by": "recorded_by author 記録者",
    },
    "departments": {
        "department_id": "department_id dept_id department_code 部署ID 部門ID 部署コード 部門コード",
        "name": "name department department_name dept 部署 部門 部署名 部門名",
        "headcount": "headcount employees members 人数 部署人数 所属人数",
        "observed_on": "observed_on as_of date 基準日 確認日",
    },
    "organisation_changes": {
        "change_id": "change_id 変更ID",
        "department": "department department_name 部署 部門 部署名",
        "headcount_before": "headcount_before before 変更前人数",
        "headcount_after": "headcount_after after 変更後人数",
        "effective_on": "effective_on effective_date changed_on 発効日 変更日 異動日",
    },
    "costs": {
        "cost_id": "cost_id expense_id 費用ID",
        "kind": "kind cost_type 費用種別 費目",
        "amount": "amount cost spend 金額 費用",
        "spent_on": "spent_on spent_at date 支出日 計上日 日付",
    },
    "consents": {
        "channel": "channel チャネル 配信種別",
        "granted": "granted consent opt_in opted_in subscribed 同意 配信許可",
        "said_at": "said_at updated_at consented_at opted_out_at date 同意日 同意日時 更新日時",
    },
    "rates": {
        "on": "on date rate_date 日付 適用日",
        "rate": "rate exchange_rate fx_rate レート 為替レート",
    },
    "identity_links": {
        "from_id": "from_id merged_id old_id duplicate_id 統合元ID 旧ID",
        "into_id": "into_id surviving_id new_id master_id 統合先ID 新ID",
        "at": "at merged_at date 統合日 統合日時",
    },
    "proposals": {
        "proposal_id": "proposal_id offer_id 提案ID 提案番号",
        "play": "play campaign campaign_id 施策 施策名 キャンペーン",
        "proposed_at": "proposed_at offered_at sent_at 提案日 提案日時",
    },
    "outcomes": {
        "proposal_id": "proposal_id offer_id 提案ID 提案番号",
        "result": "result outcome 結果 回答",
        "reason": "reason 理由",
        "answered_at": "answered_at responded_at 回答日 回答日時",
    },
}
_WORDS["order_lines"] |= {name: _WORDS["orders"][name] for name in ("order_id", "ordered_at")}
_FILES = {
    "customers": """customer customers account accounts company companies client clients member members
        household households demographics churn 顧客 会社 企業 取引先 会員 得意先""",
    "users": "user users contact contacts people ユーザー ユーザ 利用者",
    "contracts": "contract contracts subscription subscriptions 契約 サブスクリプション",
    "events": """event events usage log logs activity activities feature_usage 利用 利用ログ ログ
        イベント 操作""",
    "gauges": "gauge gauges storage snapshot snapshots 計測",
    "tickets": "ticket tickets support case cases inquiry inquiries 問い合わせ 問合せ チケット サポート",
    "surveys": "survey surveys nps csat アンケート 満足度 調査",
    "orders": """order orders sale sales invoice invoices transaction transactions purchase purchases
        retail 注文 受注 売上 購入 購買""",
    "order_lines": "order_line order_lines line lines item items detail details 明細",
    "interactions": """interaction interactions call calls meeting meetings 接触 商談 訪問 連絡 対応 活動
        活動履歴""",
    "statements": """churn churn_event churn_events cancellation cancellations request requests goal
        goals 解約 要望 目標""",
    "departments": "department departments 部署 部門",
    "organisation_changes": "organisation_changes organization_changes reorganisation 組織変更 異動",
    "costs": "cost costs spend expense expenses 費用 コスト",
    "consents": "consent consents unsubscribe unsubscribes 同意 配信停止",
    "identity_links": "merge merges identity 名寄せ 統合",
    "rates": "rate rates fx exchange_rates 為替 レート",
    "proposals": "proposal proposals offer offers 提案",
    "outcomes": "outcome outcomes 結果",
}
UNIT_PRICE = frozenset(map(spelled, ["unit_price", "price", "単価", "価格", "販売単価"]))
NOUNS = {
    "customers": ("customer", "account", "company", "client", "member", "顧客", "会社", "会員"),
    "users": ("user", "contact", "ユーザー", "利用者"),
    "contracts": ("contract", "subscription", "契約"),
    "events": ("event", "usage", "activity", "利用"),
    "tickets": ("ticket", "case", "inquiry", "issue", "問い合わせ", "問合せ"),
    "surveys": ("survey", "response", "nps", "csat", "回答"),
    "orders": ("order", "invoice", "purchase", "注文", "受注", "購入"),
    "order_lines": ("order", "line", "item", "注文", "明細"),
    "interactions": ("interaction", "call", "meeting", "対応"),
}


@cache
def synonyms(table: str, column: str) -> tuple[str, ...]:
    """Return the spelled names by which a column of a fact table may go, the likeliest first."""
    written = _WORDS.get(table, {}).get(column) or _SHARED.get(column, "")
    return tuple(dict.fromkeys(map(spelled, [column, *written.split()])))


def file_words(table: str) -> frozenset[str]:
    """Return the spelled words that a file of this fact table may be named by."""
    return frozenset(map(spelled, _FILES.get(table, table).split()))


def tables() -> tuple[str, ...]:
    """Return every fact table a file may give."""
    return tuple(FACTS)
