//! Accounts, sessions, and tries at secrets.

use std::time::Duration;

use gradshot_domain::{AccountId, Grant, IdentityId, IdentityKind, SessionId, StudioId};
use gradshot_storage::{Account, Attempt, AttemptRule, Identity, Session, StorageError};
use jiff::ToSpan as _;

use crate::{Story, Told};

impl Story {
    pub(super) async fn people(&mut self) -> Result<AccountId, StorageError> {
        let account = Account {
            id: AccountId::new(self.at, &mut self.rng),
            password_hash: Some("$argon2id$…".to_owned()),
            grants: vec![Grant::Operator { studio: StudioId::new(self.at, &mut self.rng) }, Grant::Student],
            created_at: self.at,
        };
        let identity = Identity {
            id: IdentityId::new(self.at, &mut self.rng),
            account: account.id,
            kind: IdentityKind::Phone,
            fingerprint: [1; 32],
            sealed: vec![0, 255, 1],
            verified_at: None,
            created_at: self.at,
        };
        let mut work = self.storage.begin().await?;
        work.accounts().add(&account).await?;
        drop(work);
        assert_eq!(
            self.storage.read().await?.accounts().find(account.id).await?,
            None,
            "nothing without a commit"
        );

        let session = Session {
            token_hash: [2; 32],
            id: SessionId::new(self.at, &mut self.rng),
            account: account.id,
            device: "iPhone".to_owned(),
            created_at: self.at,
            expires_at: self.at + 1.hours(),
        };
        let mut work = self.storage.begin().await?;
        work.accounts().add(&account).await?;
        work.identities().add(&identity).await?;
        work.sessions().add(&session, self.at).await?;
        work.commit().await?;

        let mut work = self.storage.begin().await?;
        assert!(matches!(work.identities().add(&identity).await, Err(StorageError::Duplicate)));
        drop(work);
        let mut work = self.storage.read().await?;
        assert_eq!(work.accounts().find(account.id).await?, Some(account.clone()));
        assert_eq!(work.identities().find(IdentityKind::Phone, &[1; 32]).await?, Some(identity));
        assert_eq!(work.identities().find(IdentityKind::Wechat, &[1; 32]).await?, None);
        assert_eq!(work.sessions().of_account(account.id, self.at, 5).await?, [session]);
        let later = self.at + 1.hours();
        assert_eq!(work.sessions().of_account(account.id, later, 5).await?, [], "a session ends");
        Ok(account.id)
    }

    pub(super) async fn tries(&mut self) -> Told {
        let rule = AttemptRule { tries: 3, lock: Duration::from_mins(30) };
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (storage, at) = (self.storage.clone(), self.at);
            tasks.spawn(async move {
                let mut work = storage.begin().await?;
                let attempt = work.attempts().spend("last four:x", rule, at).await?;
                work.commit().await?;
                Ok::<_, StorageError>(attempt)
            });
        }
        let mut allowed = 0;
        while let Some(attempt) = tasks.join_next().await {
            allowed += u32::from(attempt?? == Attempt::Allowed);
        }
        assert_eq!(allowed, 3, "many tries at once do not slip through");
        let mut work = self.storage.begin().await?;
        work.attempts().forgive("last four:x").await?;
        assert_eq!(work.attempts().spend("last four:x", rule, self.at).await?, Attempt::Allowed);
        Ok(work.commit().await?)
    }
}
