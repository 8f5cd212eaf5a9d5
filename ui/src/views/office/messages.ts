import { texts } from "@/shared/i18n";

export default texts(
  {
    office: {
      title: "审核与管理",
      sign_in: "登录",
      sign_lead: "审核员和管理员在这里登录",
      login: "用户名",
      password: "密码",
      sign_out: "退出登录",
      wrong_role: "这个账号不是审核员或管理员。学生请用手机页面。",
    },
  },
  {
    office: {
      title: "Office",
      sign_in: "Sign in",
      sign_lead: "For reviewers and administrators",
      login: "User name",
      password: "Password",
      sign_out: "Sign out",
      wrong_role: "This account is neither a reviewer's nor an administrator's. Students use the phone page.",
    },
  },
);
