//! Why a studio did not open, in the operator's words.

use gradshot_station::desk::StartError;
use gradshot_station::outbox::OutboxError;
use gradshot_wire::Problem;

use crate::folder::FolderError;

/// What to tell whoever opened the program: what is wrong, what to do, and, where somebody could fear for them, that sealed
/// portraits are safe.
pub fn start_problem(error: &anyhow::Error) -> Problem {
    let (zh, en) = words(error);
    Problem::new(500, "desk.start", &zh, en)
}

fn words(error: &anyhow::Error) -> (String, String) {
    if let Some(FolderError::InUse(_)) = error.downcast_ref() {
        return (
            "采集台已经打开了：请切换到已经打开的窗口；找不到的话，重新启动电脑再打开".into(),
            "The desk is open already: go to its window, or restart the computer if there is none".into(),
        );
    }
    if let Some(FolderError::Unusable(path, error)) = error.downcast_ref() {
        let path = path.display();
        return (
            format!("数据文件夹 {path} 不能用（{error}）：请检查磁盘空间和文件夹权限，再打开程序"),
            format!(
                "The folder {path} cannot be used ({error}): check the disk's space and the permissions, then open the program again"
            ),
        );
    }
    match error.downcast_ref::<StartError>() {
        Some(StartError::Outbox(OutboxError::Later)) => (
            "这台电脑用过更新版本的 Gradshot：请打开更新的版本，待传箱里的标准照都还在".into(),
            "A later version of Gradshot was used on this computer: open that one. What waits in the outbox is safe".into(),
        ),
        Some(StartError::Outbox(error)) => (
            format!("待传箱打不开（{error}）：请检查磁盘空间，不要删除数据文件夹，里面有还没上传的标准照"),
            format!("The outbox cannot be opened ({error}): check the disk's space and leave the folder as it is, portraits that were not sent are in it"),
        ),
        Some(StartError::Profile(error)) => {
            let problem = error.to_problem();
            (
                format!("第一次打开要连上服务器：{}", problem.zh),
                format!("The first time the server is needed. {}", problem.en),
            )
        }
        _ => (
            format!("采集台没有打开：{error:#}。已封存的标准照不受影响，请再打开一次，还不行就联系客服"),
            format!("The desk did not open: {error:#}. Sealed portraits are safe. Open it once more, or ask support"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use gradshot_station::client::CallError;

    use super::*;

    #[test]
    fn each_cause_says_what_to_do() {
        let causes = [
            anyhow::Error::from(FolderError::InUse("/data".into())),
            anyhow::Error::from(StartError::Outbox(OutboxError::Later)).context("the desk"),
            anyhow::Error::from(StartError::Profile(CallError::NoAnswer)),
            anyhow::anyhow!("no models"),
        ];
        let said = causes.map(|cause| start_problem(&cause).zh);
        for (said, wanted) in said.iter().zip(["已经打开", "更新版本", "检查网络", "no models"]) {
            assert!(said.contains(wanted), "{said}");
        }
    }
}
