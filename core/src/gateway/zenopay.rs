//! ZenoPay over HTTP.
use super::{Created, PaymentGateway, PaymentRequest, ReportedStatus, StatusReport, zenopay_wire as wire};
use crate::http::{self, Tls, TransportError};
use async_trait::async_trait;
use std::time::Duration;

/// Where ZenoPay is and who we are there.
#[derive(Clone)]
pub struct ZenoConfig {
    /// `https://zenoapi.com/api`, without a slash at the end.
    pub base_url: String,
    /// Path of the create call; `/start` speaks the older contract.
    pub create_path: String,
    /// Path of the status call; `/status` speaks the older contract.
    pub status_path: String,
    pub api_key: String,
    /// The longest that a call may take.
    pub timeout: Duration,
}

/// The real paths of 2026.
pub const CREATE_PATH: &str = "/payments/mobile_money_tanzania";
/// See [`CREATE_PATH`].
pub const STATUS_PATH: &str = "/payments/order-status";

/// The client.
pub struct ZenoPay {
    config: ZenoConfig,
    http: reqwest::Client,
}

impl ZenoPay {
    /// Fails only where no TLS can be set up.
    pub fn new(config: ZenoConfig) -> Result<ZenoPay, reqwest::Error> {
        let http = http::client(Duration::from_secs(10), config.timeout, Tls::System)?;
        Ok(ZenoPay { config, http })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.base_url)
    }

    fn is_older_contract(&self) -> bool {
        self.config.create_path != CREATE_PATH
    }
}

#[async_trait]
impl PaymentGateway for ZenoPay {
    async fn create(&self, request: &PaymentRequest) -> Created {
        let body = wire::create_body(request, self.is_older_contract());
        let request = self
            .http
            .post(self.url(&self.config.create_path))
            .header("x-api-key", &self.config.api_key)
            .json(&body);
        match http::send(request).await {
            Ok(answer) => wire::read_created(&answer),
            Err(TransportError::NotSent(why) | TransportError::BadCertificate(why)) => {
                Created::Refused(format!("unreachable: {why}"))
            }
            Err(TransportError::Unknown(why)) => Created::Unknown(why),
        }
    }

    async fn status(&self, order_id: &str) -> StatusReport {
        let request = self
            .http
            .get(self.url(&self.config.status_path))
            .query(&[("order_id", order_id)])
            .header("x-api-key", &self.config.api_key);
        match http::send(request).await {
            Ok(answer) => StatusReport {
                status: wire::read_status(&answer, self.config.status_path != STATUS_PATH),
                raw: answer.body,
            },
            Err(
                TransportError::NotSent(why)
                | TransportError::BadCertificate(why)
                | TransportError::Unknown(why),
            ) => StatusReport { status: ReportedStatus::Unreadable(why), raw: String::new() },
        }
    }

    async fn test(&self) -> Result<String, String> {
        match self.status("hollyncheck000000000").await.status {
            ReportedStatus::NotFound => Ok("answers, and takes the key".into()),
            ReportedStatus::Unreadable(why) => Err(why),
            ReportedStatus::Pending
            | ReportedStatus::Completed(_)
            | ReportedStatus::Failed
            | ReportedStatus::Cancelled => {
                Ok("answers, though not as expected to an order that does not exist".into())
            }
        }
    }
}
